package org.silhouettes.dashboards.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;

class DashboardSettingsTest {

    private final DashboardSettings settings = DashboardSettings.of("localhost:9092");

    @Test
    void bindsToLoopbackUnlessTold() {
        assertThat(settings.access().bindAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.access().port()).isEqualTo(7070);
        assertThat(settings.historyBytes()).isEqualTo(64 << 20);
    }

    @Test
    void refusesAnAddressThatOthersReachWithoutAToken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withBindAddress("0.0.0.0", null))
                .withMessage("bind address 0.0.0.0 is reached from other machines: give a token of 16 characters or"
                        + " more too");
        assertThat(settings.withBindAddress("0.0.0.0", "0123456789abcdef")
                        .access()
                        .token())
                .hasValue("0123456789abcdef");
    }

    @Test
    void namesWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withPort(70_000))
                .withMessage("port is 70000, it must be 0 (a free one) to 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withHistoryBytes(1000))
                .withMessage("history is 1000 bytes, it must be at least 1 MB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withFlinkRest(URI.create("ftp://localhost")))
                .withMessage("Flink's REST address is ftp://localhost, it must begin with http:// or https://");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withBindAddress("127.0.0.1", "short"))
                .withMessage("the token must have 16 to 256 characters of letters, digits, dot, dash, underscore and"
                        + " tilde");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DashboardSettings.of(" "))
                .withMessage("bootstrap servers are empty: give Kafka's host:port");
    }
}
