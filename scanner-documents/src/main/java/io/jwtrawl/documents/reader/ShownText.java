package io.jwtrawl.documents.reader;

import io.jwtrawl.documents.protocol.ItemKind;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Turns what a parser says, in XHTML, into items of text: one for each page, slide or sheet, and one for the rest.
///
/// What stands in attributes, above all the targets of links, follows the block that it belongs to, so that it does not
/// cut what is shown.
final class ShownText extends DefaultHandler {

    private static final String REST = "text";
    private static final List<String> SHOWN_ATTRIBUTES = List.of("href", "src", "alt", "title");

    /// So many of what pages and sheets showed in attributes are remembered.
    private static final int REMEMBERED = 10_000;

    private final ItemWriter out;
    private final Scope scope;

    /// Parsers tell links of a sheet again behind it.
    private final Set<String> inDivisions = new HashSet<>();

    private final StringBuilder attributes = new StringBuilder();
    private @Nullable Writer item;
    private boolean isHead;

    /// How many elements are open.
    private int depth;

    /// What the open page, slide or sheet is called; empty outside of any.
    private String division = "";

    private int divisions;

    /// How many elements were open when it began.
    private int divisionDepth;

    /// Whether a block began just now: one that begins with a title is a sheet.
    private boolean isBlockStart;

    ShownText(ItemWriter out, Scope scope) {
        this.out = out;
        this.scope = scope;
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes given)
            throws SAXException {
        depth++;
        if (name.equals("div")) {
            block(given.getValue("class"));
        } else {
            if (name.equals("head")) {
                isHead = true;
            } else if (name.equals("h1") && isBlockStart) {
                begin("sheet", depth - 1);
            }
            isBlockStart = false;
        }
        for (String shown : SHOWN_ATTRIBUTES) {
            String value = given.getValue(shown);
            if (value != null && !value.isEmpty() && !isRepeated(value)) {
                attributes.append(value).append('\n');
            }
        }
    }

    /// Whether a page, slide or sheet showed it, and it stands outside of any.
    private boolean isRepeated(String attribute) {
        if (division.isEmpty()) {
            return inDivisions.contains(attribute);
        }
        if (inDivisions.size() < REMEMBERED) {
            inDivisions.add(attribute);
        }
        return false;
    }

    private void block(@Nullable String style) throws SAXException {
        if (!division.isEmpty()) {
            return;
        }
        boolean isPage = style != null && style.equals("page");
        if (isPage) {
            begin("page", depth);
        } else if (style != null && style.equals("slide-content")) {
            begin("slide", depth);
        }
        isBlockStart = isPage || style == null || style.equals("sheet");
    }

    private void begin(String title, int outer) throws SAXException {
        flush();
        if (division.isEmpty()) {
            divisions++;
        }
        division = title + " " + divisions;
        divisionDepth = outer;
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
        if (name.equals("head")) {
            isHead = false;
        }
        if (!attributes.isEmpty()
                && (name.equals("p") || name.equals("div") || name.equals("tr"))) {
            writeAttributes();
        }
        if (!division.isEmpty() && depth == divisionDepth) {
            flush();
            division = "";
        }
        isBlockStart = false;
        depth--;
    }

    private void writeAttributes() throws SAXException {
        String text = "\n" + attributes;
        attributes.setLength(0);
        write(text.toCharArray(), 0, text.length());
    }

    @Override
    public void characters(char[] text, int from, int length) throws SAXException {
        if (!isHead) {
            write(text, from, length);
        }
    }

    @Override
    public void ignorableWhitespace(char[] text, int from, int length) throws SAXException {
        if (item != null) {
            characters(text, from, length);
        }
    }

    private void write(char[] text, int from, int length) throws SAXException {
        try {
            Writer writer = item;
            if (writer == null) {
                String name = division.isEmpty() ? REST : division;
                writer =
                        new OutputStreamWriter(
                                out.begin(ItemKind.TEXT, scope.with(name)), StandardCharsets.UTF_8);
                item = writer;
            }
            writer.write(text, from, length);
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    /// Ends the item that is open: what comes next is another one.
    void flush() throws SAXException {
        if (!attributes.isEmpty()) {
            writeAttributes();
        }
        try {
            if (item != null) {
                item.flush();
                item = null;
            }
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }
}
