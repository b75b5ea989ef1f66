package org.silhouettes.embedded;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Makes a Prometheus reporter that listens on loopback alone; Flink's own one listens on all interfaces and has no option for
 * it. Option {@code port} is the port.
 */
public final class LoopbackPrometheusFactory implements MetricReporterFactory {

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new Reporter(Integer.parseInt(properties.getProperty("port")));
    }

    private static final class Reporter extends AbstractPrometheusReporter {

        private final HTTPServer server;

        private Reporter(int port) {
            try {
                server = new HTTPServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), registry(this), true);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot serve metrics on port " + port, e);
            }
        }

        @Override
        public void close() {
            server.stop();
            super.close();
        }

        /** Flink keeps it to its own package. */
        private static CollectorRegistry registry(AbstractPrometheusReporter reporter) {
            try {
                Field registry = AbstractPrometheusReporter.class.getDeclaredField("registry");
                registry.setAccessible(true);
                return (CollectorRegistry) registry.get(reporter);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this version of Flink's Prometheus reporter has no registry", e);
            }
        }
    }
}
