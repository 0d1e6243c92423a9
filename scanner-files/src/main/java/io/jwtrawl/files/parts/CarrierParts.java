package io.jwtrawl.files.parts;

import io.jwtrawl.source.MailHeader;
import io.jwtrawl.source.Part;
import io.jwtrawl.source.PartNames;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows the formats of files in which programs leave tokens, by their first bytes and where those say little by name.
public final class CarrierParts implements PartNames {

    private static final int HEAD = 4096;

    @Override
    public boolean wantsWhole(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r')) {
            at++;
        }
        if (at == to) {
            return false;
        }
        return switch (bytes[at]) {
            case '{', '[' -> true;
            case '<' -> true;
            case 'a', '-', '#' -> isManifest(text(bytes, from, Math.min(to, from + HEAD)));
            case 'b', 'c', (byte) 0xca -> isBinaryDocument(bytes, at, to);
            default ->
                    (to - at > 4 && bytes[at + 2] == '\r' && bytes[at + 3] == '\n')
                            || MailHeader.isThere(bytes, at, to);
        };
    }

    private static boolean isBinaryDocument(byte[] bytes, int at, int to) {
        String beginning = text(bytes, at, Math.min(to, at + 8));
        return beginning.startsWith("bplist")
                || beginning.startsWith("cook")
                || beginning.startsWith("\u00ca\u00fe\u00ba\u00be");
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    @Override
    public Map<Long, Part> at(long[] offsets, String name, SeekableStream whole)
            throws IOException {
        byte[] head = whole.readNBytes(HEAD);
        Locator locator = locator(head, name);
        whole.seek(0);
        if (MailHeader.isThere(head, 0, head.length)) {
            return new MailParts(locator).at(offsets, whole);
        }
        return locator == null ? Map.of() : locator.at(offsets, whole);
    }

    private static @Nullable Locator locator(byte[] head, String path) {
        String beginning = text(head, 0, head.length);
        Locator binary = binary(head, beginning);
        if (binary != null) {
            return binary;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String text =
                beginning.startsWith("\u00ef\u00bb\u00bf") ? beginning.substring(3) : beginning;
        String start = text.stripLeading();
        if (start.startsWith("{") || (start.startsWith("[") && isDocumentName(name))) {
            return new DocumentParts(DocumentParts.Syntax.JSON, path);
        }
        if (start.startsWith("<?xml")
                || start.startsWith("<project")
                || start.startsWith("<application")
                || start.startsWith("<component")
                || start.startsWith("<plist")) {
            return new XmlParts();
        }
        if (ChatText.isOne(text)) {
            return new ChatText();
        }
        return isManifest(text)
                ? new DocumentParts(DocumentParts.Syntax.YAML, path)
                : new LineParts(name);
    }

    private static boolean isDocumentName(String name) {
        return name.endsWith("json") || name.endsWith("code-workspace");
    }

    private static @Nullable Locator binary(byte[] head, String beginning) {
        if (beginning.startsWith("bplist00")) {
            return new PropertyListParts();
        }
        if (beginning.startsWith("cook")) {
            return new CookieParts();
        }
        if (beginning.startsWith("ElfFile\0")) {
            return new EventLogParts();
        }
        if (beginning.startsWith("JAVA PROFILE ")) {
            return new HeapDumpParts();
        }
        if (beginning.startsWith("\u007fELF") || beginning.startsWith("MZ")) {
            return new ProgramParts();
        }
        if (beginning.startsWith("\u00ca\u00fe\u00ba\u00be")) {
            return new ClassParts();
        }
        return head.length > 16 && head[2] == '\r' && head[3] == '\n'
                ? new CompiledPythonParts()
                : null;
    }

    /// Whether a text looks like what Kubernetes takes.
    private static boolean isManifest(String text) {
        return text.startsWith("apiVersion:")
                || text.contains("\napiVersion:")
                || text.startsWith("kind:");
    }
}
