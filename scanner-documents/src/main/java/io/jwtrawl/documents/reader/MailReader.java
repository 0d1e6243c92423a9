package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.ItemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/// Takes a mail apart (RFC 5322, RFC 2045 to 2049): its parts decoded, as far as they are text, and its attachments.
///
/// Tika's own reader would turn all into one text, and so lose which part of the mail something stood in.
final class MailReader extends AbstractContentHandler {

    private final ItemWriter out;
    private final Scope scope;

    /// Of the part whose header was read last.
    private @Nullable String fileName;

    private @Nullable String typeName;

    private boolean isAttachment;
    private int parts;
    private final StringBuilder header = new StringBuilder();

    MailReader(ItemWriter out, Scope scope) {
        this.out = out;
        this.scope = scope;
    }

    void read(InputStream in) throws IOException {
        var config =
                new MimeConfig.Builder()
                        .setMaxLineLen(-1)
                        .setMaxHeaderLen(-1)
                        .setMaxHeaderCount(-1)
                        .build();
        var parser = new MimeStreamParser(config);
        parser.setContentDecoding(true);
        parser.setNoRecurse(); // a mail in the mail is opened like any other file in it
        parser.setContentHandler(this);
        try {
            parser.parse(in);
        } catch (MimeException e) {
            throw new IOException(e);
        } finally {
            writeHeader();
        }
    }

    @Override
    public void startHeader() {
        fileName = null;
        typeName = null;
        isAttachment = false;
    }

    @Override
    public void field(Field field) throws MimeException {
        String name = field.getName().toLowerCase(Locale.ROOT);
        String value = field.getBody();
        if (name.equals("content-disposition")) {
            var disposition = (ContentDispositionField) LenientFieldParser.parse(field.toString());
            isAttachment = disposition.isAttachment();
            fileName = disposition.getFilename();
        } else if (name.equals("content-type")) {
            var type = (ContentTypeField) LenientFieldParser.parse(field.toString());
            typeName = type.getParameter("name");
        } else if (value != null && value.contains("=?")) {
            header.append(DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT)).append('\n');
        }
    }

    @Override
    public void body(BodyDescriptor body, InputStream in) throws IOException {
        parts++;
        String name = fileName;
        if (name == null) {
            name = typeName;
        }
        boolean isText = !isAttachment && body.getMimeType().startsWith("text/");
        if (name == null || name.isBlank()) {
            name = (isText ? "text " : "part ") + parts;
        }
        if (name.startsWith("=?")) {
            name = DecoderUtil.decodeEncodedWords(name, DecodeMonitor.SILENT);
        }
        if (isText) {
            try (OutputStream text = out.begin(ItemKind.LEGIBLE_TEXT, scope.with(name))) {
                in.transferTo(text);
            }
        } else {
            out.file(scope.with(name), in);
        }
    }

    /// What of the headers is encoded (RFC 2047): the rest of them is seen in the bytes of the mail.
    private void writeHeader() throws IOException {
        if (!header.isEmpty()) {
            try (OutputStream text = out.begin(ItemKind.LEGIBLE_TEXT, scope.with("header"))) {
                text.write(header.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
