package io.jwtrawl.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// How rule files map to records: kebab-case names, nothing unknown, nothing twice.
final class RuleMapper {

    private RuleMapper() {}

    static JsonMapper json() {
        return Json.MAPPER;
    }

    static YAMLMapper yaml() {
        return Yaml.MAPPER;
    }

    private static <M extends tools.jackson.databind.ObjectMapper, B extends MapperBuilder<M, B>>
            M build(B builder) {
        return builder.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build();
    }

    private static final class Json {
        static final JsonMapper MAPPER = build(JsonMapper.builder());
    }

    private static final class Yaml {
        static final YAMLMapper MAPPER = build(YAMLMapper.builder());
    }
}
