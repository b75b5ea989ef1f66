package org.silhouettes.cli.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Grafana's dashboard and Prometheus' alerts ask for. */
final class Provisioning {

    static final Path FOLDER = Path.of("..", "dashboards");
    static final Path DASHBOARD = FOLDER.resolve("grafana/dashboards/silhouettes.json");
    static final Path ALERTS = FOLDER.resolve("prometheus/alerts.yml");

    static final Pattern METRIC = Pattern.compile("flink_[A-Za-z0-9_]+");
    private static final Pattern SELECTOR = Pattern.compile("(flink_[A-Za-z0-9_]+)(?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[=!]~?");
    private static final Pattern GROUPING = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*\\}\\}");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)\\s+expr: (.*)((?:\\n(?!\\s*- alert).*)*)");
    private static final Pattern VALUES = Pattern.compile("label_values\\((flink_\\w+), (\\w+)\\)");

    private Provisioning() {}

    /** All expressions of Grafana's panels. */
    static List<String> grafanaExpressions() throws IOException {
        List<String> all = new ArrayList<>();
        for (JsonNode panel : dashboard().path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(target.path("expr").asText());
            }
        }
        return all;
    }

    /** The expressions of what Grafana marks in time, which find nothing where nothing happened. */
    static List<String> annotations() throws IOException {
        List<String> all = new ArrayList<>();
        for (JsonNode annotation : dashboard().path("annotations").path("list")) {
            all.add(annotation.path("expr").asText());
        }
        return all;
    }

    /** All that the alerts look at: metrics with the labels that select them. */
    static List<String> alertSelectors() throws IOException {
        return ALERT.matcher(Files.readString(ALERTS))
                .results()
                .flatMap(alert -> SELECTOR.matcher(alert.group(2)).results())
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    static List<String> alertNames() throws IOException {
        return ALERT.matcher(Files.readString(ALERTS))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** Every metric asked for anywhere, and the labels by which it is selected, summed up or captioned. */
    static Map<String, Set<String>> labelsByMetric() throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        for (JsonNode panel : dashboard().path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                collect(
                        target.path("expr").asText(),
                        target.path("legendFormat").asText(),
                        all);
            }
        }
        for (JsonNode variable : dashboard().path("templating").path("list")) {
            Matcher values = VALUES.matcher(variable.path("query").path("query").asText());
            if (values.matches()) {
                all.computeIfAbsent(values.group(1), metric -> new TreeSet<>()).add(values.group(2));
            }
        }
        for (MatchResult alert :
                ALERT.matcher(Files.readString(ALERTS)).results().toList()) {
            collect(alert.group(2), alert.group(3), all);
        }
        return all;
    }

    private static void collect(String expression, String caption, Map<String, Set<String>> into) {
        Set<String> common = new TreeSet<>();
        for (MatchResult grouping : GROUPING.matcher(expression).results().toList()) {
            common.addAll(List.of(grouping.group(1).strip().split("\\s*,\\s*")));
        }
        TEMPLATE.matcher(caption).results().forEach(label -> common.add(label.group(1)));
        for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
            Set<String> labels = into.computeIfAbsent(selector.group(1), metric -> new TreeSet<>());
            labels.addAll(common);
            if (selector.group(2) != null) {
                MATCHER.matcher(selector.group(2)).results().forEach(label -> labels.add(label.group(1)));
            }
        }
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile());
    }
}
