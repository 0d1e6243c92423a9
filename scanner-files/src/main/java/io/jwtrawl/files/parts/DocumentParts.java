package io.jwtrawl.files.parts;

import io.jwtrawl.source.Message;
import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Names the parts of JSON and YAML documents: read once, from the beginning until all is named.
final class DocumentParts implements Locator {

    enum Syntax {
        JSON,
        YAML
    }

    private static final int DEEPEST = 2000;

    /// YAML is read as text, and so kept in memory.
    private static final int MOST_YAML = 16 << 20;

    /// What names an object may stand behind it, but not so far.
    private static final long READ_ON = 4 << 20;

    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Syntax syntax;
    private final String path;

    /// @param path of the file
    DocumentParts(Syntax syntax, String path) {
        this.syntax = syntax;
        this.path = path;
    }

    /// Where a value or a key stands: in which object or array, under which key or at which index.
    private record Spot(Frame frame, String key, int index) {}

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        Map<Long, Spot> spots = new HashMap<>();
        if (syntax == Syntax.JSON) {
            try (JsonParser parser = json(whole)) {
                read(parser, offsets, spots);
            }
        } else {
            byte[] bytes = whole.readNBytes(MOST_YAML);
            try (JsonParser parser = yaml(bytes)) {
                long[] characters = characters(bytes, offsets);
                Map<Long, Spot> byCharacter = new HashMap<>();
                read(parser, characters, byCharacter);
                for (int i = 0; i < offsets.length; i++) {
                    Spot spot = byCharacter.get(characters[i]);
                    if (spot != null) {
                        spots.put(offsets[i], spot);
                    }
                }
            }
        }
        Map<Long, Part> parts = new HashMap<>();
        spots.forEach((offset, spot) -> {
            String name = DocumentNames.of(spot.frame(), spot.key(), spot.index(), path);
            Optional<Message> message = ChatMessage.around(spot.frame());
            if (!name.isEmpty() || message.isPresent()) {
                parts.put(offset, new Part(name, message));
            }
        });
        return parts;
    }

    private static JsonParser json(SeekableStream whole) {
        return JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxStringLength(Integer.MAX_VALUE)
                                .maxNameLength(1 << 20)
                                .build())
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .build()
                .createParser(ObjectReadContext.empty(), whole);
    }

    private static JsonParser yaml(byte[] bytes) {
        return YAMLFactory.builder()
                .loadSettings(LoadSettings.builder().setCodePointLimit(MOST_YAML).build())
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build()
                .createParser(
                        ObjectReadContext.empty(),
                        new StringReader(
                                new String(
                                        bytes,
                                        bomLength(bytes),
                                        bytes.length - bomLength(bytes),
                                        StandardCharsets.UTF_8)));
    }

    private static int bomLength(byte[] bytes) {
        return bytes.length >= BOM.length && Arrays.equals(bytes, 0, BOM.length, BOM, 0, BOM.length)
                ? BOM.length
                : 0;
    }

    /// The offsets counted in characters.
    private static long[] characters(byte[] bytes, long[] offsets) {
        long[] characters = new long[offsets.length];
        long count = 0;
        int at = bomLength(bytes);
        for (int i = 0; i < offsets.length; i++) {
            for (; at < offsets[i] && at < bytes.length; at++) {
                count += (bytes[at] & 0xc0) == 0x80 ? 0 : 1;
            }
            characters[i] = count;
        }
        return characters;
    }

    private void read(JsonParser parser, long[] offsets, Map<Long, Spot> spots) {
        Frame frame = null;
        Spot last = null;
        int next = 0;
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                long start =
                        syntax == Syntax.JSON
                                ? parser.currentTokenLocation().getByteOffset()
                                : parser.currentTokenLocation().getCharOffset();
                for (; next < offsets.length && offsets[next] < start; next++) {
                    put(spots, offsets[next], last);
                }
                if (next == offsets.length && start > offsets[next - 1] + READ_ON) {
                    return;
                }
                if (token.isStructEnd()) {
                    if (frame != null) {
                        frame.close();
                        frame = frame.parent;
                    }
                    continue;
                }
                if (frame != null && token == JsonToken.PROPERTY_NAME) {
                    frame.key(parser.currentName());
                } else {
                    if (frame != null && frame.isArray) {
                        frame.count++;
                    }
                    if (token.isStructStart()) {
                        frame = new Frame(frame, token == JsonToken.START_ARRAY);
                    } else if (frame != null) {
                        say(frame, parser);
                    }
                }
                last = frame == null ? null : new Spot(frame, frame.current, frame.count);
            }
        } catch (JacksonException _) {
            // What was read before it breaks off is named.
        }
        for (; next < offsets.length; next++) {
            put(spots, offsets[next], last);
        }
    }

    private static void say(Frame frame, JsonParser parser) {
        if (!frame.isArray && frame.wants(frame.current)) {
            frame.say(frame.current, parser.getString());
        } else if (frame.isSources()) {
            frame.source(parser.getString());
        }
    }

    private static void put(Map<Long, Spot> spots, long offset, @Nullable Spot spot) {
        if (spot != null) {
            spots.put(offset, spot);
        }
    }

    /// From the outermost on.
    static List<Frame> chain(Frame innermost) {
        List<Frame> chain = new ArrayList<>();
        for (Frame frame = innermost; frame != null; frame = frame.parent) {
            chain.addFirst(frame);
        }
        return chain;
    }
}
