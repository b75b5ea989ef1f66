# Two images. Build the files that they hold first: mvn -Pcluster -DskipTests package
#
#   docker build --target app -t silhouettes .            the command line, without Maven and the sources
#   docker build --target flink -t silhouettes-flink .    Flink with the job, its libraries and its configuration

FROM eclipse-temurin:17-jre AS unpacked
ADD distribution/target/silhouettes-*-bin.tar.gz /unpacked/
RUN mv /unpacked/silhouettes-* /unpacked/silhouettes

FROM flink:2.2.1-scala_2.12-java17 AS flink
COPY conf /conf
COPY flink-job/target/cluster/lib /cluster/lib
COPY flink-job/target/cluster/job /opt/flink/usrlib
# puts the configuration into place, and starts the job from its newest checkpoint
ENTRYPOINT ["bash", "/conf/flink/start.sh"]

FROM eclipse-temurin:17-jre AS app
RUN groupadd --gid 10001 silhouettes \
 && useradd --uid 10001 --gid silhouettes --create-home silhouettes \
 && mkdir /cache && chown silhouettes:silhouettes /cache
COPY --from=unpacked /unpacked/silhouettes /opt/silhouettes
# logs to the console; heap of a container, see docs/operations.md
ENV SILHOUETTES_JVM="-Xmx512m -Dlog4j2.configurationFile=/opt/silhouettes/conf/log4j2-console.properties" \
    XDG_CACHE_HOME=/cache
USER silhouettes
WORKDIR /home/silhouettes
ENTRYPOINT ["/opt/silhouettes/bin/silhouettes"]
CMD ["--help"]
