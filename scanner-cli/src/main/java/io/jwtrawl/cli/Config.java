package io.jwtrawl.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jwtrawl.source.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What `jwtrawl.yaml` says.
///
/// @param allow what findings may stay
/// @param foreignMarkers whether comments for other scanners count as well
record Config(
        @Nullable List<Entry> allow, @JsonProperty("foreign-markers") boolean foreignMarkers) {

    static final String FILE = "jwtrawl.yaml";
    static final Config NONE = new Config(List.of(), false);

    private static final List<String> KEYS =
            List.of(
                    "allow",
                    "foreign-markers",
                    "id",
                    "issuer",
                    "audience",
                    "kid",
                    "claims",
                    "paths",
                    "until",
                    "reason");

    /// One kind of finding that may stay: all that is said of it must be so. In texts `*` stands for any characters.
    ///
    /// @param id the beginning of the token's id
    /// @param claims claims by their names
    /// @param paths of which one must match
    /// @param until the last day on which it counts, such as `2027-01-31`
    record Entry(
            @Nullable String id,
            @Nullable String issuer,
            @Nullable String audience,
            @Nullable String kid,
            @Nullable Map<String, String> claims,
            @Nullable List<String> paths,
            @Nullable String until,
            @Nullable String reason) {

        /// What it is told apart by.
        String label() {
            if (id != null) {
                return "id " + id;
            }
            if (issuer != null) {
                return "issuer " + issuer;
            }
            return kid != null
                    ? "kid " + kid
                    : audience != null
                            ? "audience " + audience
                            : paths != null ? "paths " + paths : "claims " + claims;
        }

        boolean isEmpty() {
            return id == null
                    && issuer == null
                    && audience == null
                    && kid == null
                    && (claims == null || claims.isEmpty())
                    && (paths == null || paths.isEmpty());
        }
    }

    List<Entry> entries() {
        return allow == null ? List.of() : allow;
    }

    /// The file of that name in `folder`, or in the nearest folder above.
    static Optional<Path> nearest(Path folder, String name) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(name))) {
                return Optional.of(at.resolve(name));
            }
        }
        return Optional.empty();
    }

    /// @param warnings receives keys that are not known
    /// @throws UsageException if it cannot be read, or says something else than expected, with line and column
    static Config read(Path file, List<String> warnings) {
        try {
            String text = Files.readString(file);
            if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
                return NONE; // as `jwtrawl init` writes it
            }
            YAMLMapper mapper =
                    YAMLMapper.builder()
                            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                            .addHandler(new Unknown(file, text.lines().toList(), warnings))
                            .build();
            Config config = mapper.readValue(text, Config.class);
            Config read = config == null ? NONE : config;
            for (Entry entry : read.entries()) {
                if (entry == null || entry.isEmpty()) {
                    throw new UsageException(
                            file
                                    + ": an entry of `allow` says nothing: give it id, issuer, audience, kid, claims or paths");
                }
            }
            return read;
        } catch (JacksonException e) {
            throw new UsageException(file + at(e.getLocation()) + ": " + expected(e), e);
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read: " + FailureText.of(e), e);
        }
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    private static String expected(JacksonException e) {
        return e instanceof tools.jackson.databind.exc.MismatchedInputException mismatch
                        && mismatch.getTargetType() != null
                ? "expected " + expected(mismatch.getTargetType())
                : String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("not YAML");
    }

    private static String expected(Class<?> type) {
        if (type == boolean.class) {
            return "true or false";
        }
        return List.class.isAssignableFrom(type)
                ? "a list"
                : type == String.class
                        ? "text"
                        : "names and values, such as `allow:` with a list of entries below it";
    }

    /// Warns of a key that is not known, and says which one may be meant.
    private static final class Unknown extends DeserializationProblemHandler {
        private final Path file;
        private final List<String> warnings;

        private final List<String> lines;

        Unknown(Path file, List<String> lines, List<String> warnings) {
            this.file = file;
            this.lines = lines;
            this.warnings = warnings;
        }

        /// The reader has taken the key out of its context already.
        private String place(String key) {
            for (int i = 0; i < lines.size(); i++) {
                int column = lines.get(i).indexOf(key + ":");
                if (column >= 0) {
                    return ":" + (i + 1) + ":" + (column + 1);
                }
            }
            return "";
        }

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                ValueDeserializer<?> deserializer,
                Object bean,
                String name) {
            warnings.add(
                    file
                            + place(name)
                            + ": '"
                            + name
                            + "' is not known and counts nothing"
                            + NearestName.hint(name, KEYS));
            parser.skipChildren();
            return true;
        }
    }
}
