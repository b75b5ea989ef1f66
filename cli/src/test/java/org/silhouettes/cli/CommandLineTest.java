package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.testkit.TakenPort;

/** What the command line says and how it ends, where nothing has to be started for it. */
class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "run", "produce", "job", "dashboard"})
    void everyCommandHasHelpAndEndsWithZero(String command) {
        int code = command.isEmpty() ? run("--help") : run(command, "--help");
        assertThat(code).isZero();
        assertThat(out.toString()).contains("Usage: silhouettes " + command).contains("Exit codes:");
        // picocli writes "null" for a variable that is not set
        assertThat(out.toString()).doesNotContain("null").doesNotContain("${");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void noCommandShowsTheHelpAndEndsWithTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: silhouettes");
    }

    @Test
    void anUnknownCommandIsRefusedByName() {
        assertThat(run("rnu")).isEqualTo(2);
        assertThat(err.toString()).contains("'rnu'").contains("See silhouettes --help");
    }

    @Test
    void anUnknownOptionOfTheJobIsRefusedWithTheNearestOne() {
        assertThat(run("run", "-Dencoder.lamda=3")).isEqualTo(2);
        assertThat(err.toString()).contains("encoder.lamda").contains("encoder.lambda");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void aValueOutOfRangeIsRefusedWithItsRange() {
        assertThat(run("demo", "-Dencoder.layers=0")).isEqualTo(2);
        assertThat(err.toString()).contains("encoder.layers must be between 1 and 1,000 layers, got 0");
    }

    @Test
    void anUnknownDataSetIsRefusedWithTheKnownOnes() {
        assertThat(run("run", "--dataset", "imagenet")).isEqualTo(2);
        assertThat(err.toString()).contains("imagenet").contains("mnist");
    }

    @Test
    void aMissingAddressIsAskedForByName() {
        assertThat(run("produce")).isEqualTo(2);
        assertThat(err.toString()).contains("--bootstrap-servers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate=0 | option rate is 0.0",
                "--rate=-5 | option rate is -5.0",
                "--rate=fast | Invalid value for option '--rate'",
                "--burst=0 | option burst is 0",
                "--rate=1 --burst=1 | exclude each other",
                "--speed=2 | it must be BY_TIME",
                "--from=some | option from is \"some\", it must be a number of images, or topic",
                "--from=-1 | option from is \"-1\"",
                "--images=5 --from=6 | option from is 6",
                "--images=0 | option images is 0",
                "--passes=0 | option passes is 0",
                "--labels=maybe | option labels is \"maybe\"",
                "--partitions=0 | at least 1 partition",
                "--model=a,a | names that are all different",
                "--order=random | Invalid value for option '--order'",
                "--plan=images=x | images is \"x\"",
                "--plan=classes= | plan, phase 1",
                "--plan=images=5 --passes=2 | option plan cannot be combined",
                "--plan=no/such/file | option plan cannot be read",
            })
    void whatAReplayCannotDoIsRefusedBeforeKafkaIsAsked(String options, String message) {
        List<String> args = new ArrayList<>(List.of("produce", "--bootstrap-servers=127.0.0.1:1"));
        args.addAll(List.of(options.split(" ")));
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--passes=0 | option passes is 0",
                "--images=-1 | option images is -1",
                "--plan=images=5;repeat=endless | the stream never ends",
                "--plan=classes=x;images=5 | plan, phase 1",
                "--size=0x4 | size",
                "--classes=ten | option classes names \"ten\"",
                "-Dimage.channels=split | option image.channels is split, but the images of glyphs are",
                "-Dinit.method=labels --labels=off | option init.method is labels, but the images come without theirs",
                "-Dinit.method=labels --labels=delayed:9 | option init.method is labels, but the images come without theirs",
            })
    void whatARunCannotDoIsRefusedBeforeAnythingIsStarted(String options, String message) {
        List<String> args = new ArrayList<>(List.of("run", "--dataset=glyphs"));
        args.addAll(List.of(options.split(" ")));
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void aDemoWhoseStartNeedsLabelsIsRefusedWithoutThem() {
        assertThat(run("demo", "-Dinit.method=labels", "--labels=off")).isEqualTo(2);
        assertThat(err.toString())
                .contains("option init.method is labels, but the images come without theirs")
                .doesNotContain("\tat ");
    }

    @Test
    void anAddressThatTheCommandDecidesIsRefused() {
        assertThat(run("job", "--bootstrap-servers=a:1", "-Dkafka.bootstrap-servers=b:2"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("kafka.bootstrap-servers is decided by this command (a:1)");
    }

    @Test
    void aConfigurationFileThatIsMissingIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("none.yaml");
        assertThat(run("run", "--conf", missing.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--conf \"" + missing + "\" cannot be read");
    }

    @Test
    void aTakenDashboardPortIsReportedWithTheOptionThatChangesIt() {
        try (TakenPort taken = new TakenPort()) {
            assertThat(run("demo", "--port", Integer.toString(taken.port()))).isEqualTo(1);
            assertThat(err.toString())
                    .contains("port " + taken.port() + " for the dashboard (--port) is taken")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void theDemoTakesAPlanInPlaceOfAnOrder() {
        String plan = "classes=0-4 images=5; classes=5-9 images=5; repeat=endless";
        try (TakenPort taken = new TakenPort()) {
            String port = Integer.toString(taken.port());
            assertThat(run("demo", "--order", "SHUFFLED", "--plan", plan, "--port", port))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("option plan cannot be combined");
            assertThat(run("demo", "--plan", plan, "--port", port)).isEqualTo(1);
            assertThat(err.toString()).contains("is taken");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"produce", "job", "dashboard", "replay-rejected"})
    void aKafkaConfigThatCannotBeUsedIsRefusedBeforeKafkaIsAsked(String command, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("client.properties");
        assertThat(run(command, "--bootstrap-servers=127.0.0.1:1", "--kafka-config=" + file))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no Kafka client file \"" + file);
        Files.writeString(file, "sasl.jaas.conf=canary-77\n");
        assertThat(run(command, "--bootstrap-servers=127.0.0.1:1", "--kafka-config=" + file))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("property sasl.jaas.conf", "did you mean sasl.jaas.config")
                .doesNotContain("canary-77");
        Files.writeString(file, "group.id=mine\n");
        assertThat(run(command, "--bootstrap-servers=127.0.0.1:1", "--kafka-config=" + file))
                .isEqualTo(2);
        assertThat(err.toString()).contains("property group.id").contains("kafka.group-id");
        Files.writeString(file, "security.protocol=SSL\n");
        assertThat(run(command, "--kafka-config=" + file)).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--bootstrap-servers=HOST:PORT'");
    }

    @Test
    void aTokenComesFromAFileAndIsNotQuoted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("token");
        String[] args = {"dashboard", "--bootstrap-servers=127.0.0.1:1", "--bind=0.0.0.0", "--token-file=" + file};
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).contains("--token-file \"" + file + "\" cannot be read (NoSuchFileException)");
        Files.writeString(file, " \n");
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).contains("--token-file \"" + file + "\" is empty");
        Files.writeString(file, "canary 79 has a blank\n");
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).contains("the token must have 16").doesNotContain("canary");
        Files.writeString(file, "change-me-change-me\n");
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).contains("well-known example");
        Files.writeString(file, "canary-79-long-enough\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run(args)).isEqualTo(1);
        assertThat(err.toString())
                .contains("\"" + file + "\" can be read or changed by other users")
                .contains("no Kafka broker answered")
                .doesNotContain("canary-79");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        err.getBuffer().setLength(0);
        assertThat(run(args)).isEqualTo(1);
        assertThat(err.toString()).doesNotContain("can be read or changed");
        assertThat(run("dashboard", "--bootstrap-servers=127.0.0.1:1", "--token=canary-79-long-enough"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("--token can be seen by other users")
                .doesNotContain("canary-79");
    }

    @Test
    void printSubmitNamesTheFileAndNoneOfItsContent(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("client.properties");
        Files.writeString(file, "security.protocol=SSL\nssl.key.password=canary-78\nbootstrap.servers=far:9093\n");
        assertThat(run("job", "--kafka-config=" + file, "--print-submit")).isZero();
        assertThat(out.toString())
                .contains("-Dkafka.config=" + file)
                .contains("-Dkafka.bootstrap-servers=far:9093")
                .doesNotContain("canary-78");
    }

    @Test
    void aSettingThatIsGivenTwiceIsAWarningThatNamesBoth(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("client.properties");
        Files.writeString(file, "bootstrap.servers=far:9093\nretries=4\n");
        Path conf = folder.resolve("conf.yaml");
        Files.writeString(conf, "kafka.bootstrap-servers: middle:9093\nkafka.retries: 5\n");
        run("job", "--bootstrap-servers=127.0.0.1:1", "--kafka-config=" + file, "--conf=" + conf);
        assertThat(err.toString())
                .contains("kafka.bootstrap-servers is given twice: the command's own option (127.0.0.1:1) counts")
                .contains("kafka.bootstrap-servers (127.0.0.1:1) counts, property bootstrap.servers in \"" + file)
                .contains("option kafka.retries counts, property retries in \"" + file)
                .contains("no Kafka broker answered at \"127.0.0.1:1\"");
    }

    @Test
    void verboseShowsTheStackTrace() {
        try (TakenPort taken = new TakenPort()) {
            assertThat(run("demo", "--verbose", "--port", Integer.toString(taken.port())))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("\tat ");
        }
    }

    @Test
    void printSubmitShowsHowToRunTheJobElsewhere() {
        assertThat(run("job", "--bootstrap-servers", "kafka:9092", "--print-submit"))
                .isZero();
        assertThat(out.toString())
                .contains("flink run")
                .contains("org.silhouettes.job.SilhouettesJob")
                .contains("-Dkafka.bootstrap-servers=kafka:9092");
    }

    @Test
    void theSubmissionHasEveryOptionThatWasGiven(@TempDir Path folder) throws Exception {
        Path checkpoint = Files.createDirectories(folder.resolve("chk-7"));
        Files.createFile(checkpoint.resolve("_metadata"));
        assertThat(run(
                        "job",
                        "--bootstrap-servers=kafka:9092",
                        "-Dencoder.lambda=3",
                        "-Dkafka.group-id=it's mine",
                        "--slots=4",
                        "--restore=" + checkpoint.toUri(),
                        "--print-submit"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("--parallelism 4")
                .contains("--fromSavepoint " + checkpoint.toUri())
                .contains("-Dencoder.lambda=3")
                .contains("'-Dkafka.group-id=it'\\''s mine'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "file://"})
    void aRestorePathThatDoesNotExistIsRefusedBeforeAnythingStarts(String scheme, @TempDir Path folder) {
        String missing = scheme + folder.resolve("chk 9");
        assertThat(run("job", "--bootstrap-servers=127.0.0.1:1", "--restore", missing))
                .isEqualTo(2);
        assertThat(err.toString()).contains(scheme.isEmpty() ? "does not exist" : "chk 9");
    }

    @Test
    void aRestorePathWithoutACompleteCheckpointIsRefused(@TempDir Path folder) {
        assertThat(run("job", "--bootstrap-servers=127.0.0.1:1", "--restore", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has no file _metadata");
        assertThat(run("inspect", folder.toString())).isEqualTo(2);
    }

    @Test
    void aRestoreUriOfAnUnknownFileSystemIsRefusedByName() {
        assertThat(run("job", "--bootstrap-servers=127.0.0.1:1", "--restore", "s4://bucket/chk-1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("s4://bucket/chk-1").contains("cannot be read");
    }

    @Test
    void theDemoRefusesAnotherKafka() {
        assertThat(run("demo", "-Dkafka.bootstrap-servers=kafka:9092")).isEqualTo(2);
        assertThat(err.toString()).contains("kafka.bootstrap-servers").contains("its own Kafka");
    }

    @Test
    void aNegativeNumberOfFailuresIsRefused() {
        assertThat(run("demo", "--max-failures=-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--max-failures must be at least 0, got -1");
    }
}
