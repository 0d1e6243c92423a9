package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What GitLab's format for secret detection asks for, written down from its specification: fields that must be there,
/// patterns and lengths. `.ci/check-reports` holds real scans to the official schema itself.
final class GitLabChecks {

    private GitLabChecks() {}

    static void assertValid(String text) {
        JsonNode report = JsonMapper.builder().build().readTree(text);
        assertThat(report.path("version").asString("")).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
        JsonNode scan = report.path("scan");
        for (String time : new String[] {"start_time", "end_time"}) {
            assertThat(scan.path(time).asString(""))
                    .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}");
        }
        assertThat(scan.path("status").asString("")).isIn("success", "failure");
        assertThat(scan.path("type").asString("")).isEqualTo("secret_detection");
        for (String tool : new String[] {"analyzer", "scanner"}) {
            for (String field : new String[] {"id", "name", "version"}) {
                assertThat(scan.path(tool).path(field).asString("")).isNotEmpty();
            }
            assertThat(scan.path(tool).path("vendor").path("name").asString("")).isNotEmpty();
        }
        scan.path("messages")
                .forEach(message -> {
                    assertThat(message.path("level").asString("")).isIn("info", "warn", "fatal");
                    assertThat(message.path("value").asString("")).isNotEmpty();
                });
        Set<String> ids = new HashSet<>();
        report.path("vulnerabilities")
                .forEach(one -> {
                    assertThat(ids.add(one.path("id").asString(""))).isTrue();
                    assertThat(one.path("name").asString("").length()).isBetween(1, 255);
                    assertThat(one.path("solution").asString("").length()).isBetween(1, 7000);
                    assertThat(one.path("description").asString("").length())
                            .isBetween(1, 1_048_576);
                    assertThat(one.path("severity").asString(""))
                            .isIn("Info", "Unknown", "Low", "Medium", "High", "Critical");
                    assertThat(one.path("identifiers")).isNotEmpty();
                    one.path("identifiers")
                            .forEach(identifier -> {
                                for (String field : new String[] {"type", "name", "value"}) {
                                    assertThat(identifier.path(field).asString("")).isNotEmpty();
                                }
                            });
                    assertThat(one.at("/location/commit/sha").asString("")).isNotEmpty();
                    assertThat(one.at("/location/start_line").asInt(0)).isPositive();
                    assertThat(one.has("raw_source_code_extract")).isFalse();
                });
    }
}
