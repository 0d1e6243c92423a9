package io.jwtrawl.files.parts;

import io.jwtrawl.source.Part;
import io.jwtrawl.source.SeekableStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Names the parts of XML: elements with their names, such as the state that IntelliJ keeps, and the keys of property
/// lists.
final class XmlParts implements Locator {

    private static final int DEEPEST = 500;
    private static final int SHOWN = 120;

    @Override
    public Map<Long, Part> at(long[] offsets, SeekableStream whole) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        Map<Long, Part> parts = new HashMap<>();
        try {
            // One character for each byte, so that offsets are the same.
            read(
                    factory.createXMLStreamReader(
                            new InputStreamReader(whole, StandardCharsets.ISO_8859_1)),
                    offsets,
                    parts);
        } catch (XMLStreamException _) {
            // What was read before it breaks off is named.
        }
        return parts;
    }

    private static final class Element {
        private final String name;

        /// In a property list, the key that was read last.
        private String key = "";

        Element(String name) {
            this.name = name;
        }
    }

    private static void read(XMLStreamReader reader, long[] offsets, Map<Long, Part> parts)
            throws XMLStreamException {
        Deque<Element> open = new ArrayDeque<>();
        int next = 0;
        while (next < offsets.length && reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (open.size() == DEEPEST) {
                    return;
                }
                open.push(new Element(name(reader)));
            } else if (event == XMLStreamConstants.CHARACTERS
                    && !open.isEmpty()
                    && open.peek().name.equals("key")
                    && open.size() > 1) {
                Iterator<Element> elements = open.iterator();
                elements.next();
                elements.next().key = cut(reader.getText());
            }
            // Where an event ends: what lies before that, and behind the one before it, lies in it.
            int end = reader.getLocation().getCharacterOffset();
            for (; next < offsets.length && offsets[next] < end; next++) {
                String path = path(open);
                if (!path.isEmpty()) {
                    parts.put(offsets[next], Part.named(path));
                }
            }
            if (event == XMLStreamConstants.END_ELEMENT && !open.isEmpty()) {
                open.pop();
            }
        }
    }

    private static String name(XMLStreamReader reader) {
        String called = "";
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String attribute = reader.getAttributeLocalName(i);
            if (attribute.equals("name") || attribute.equals("key") || attribute.equals("id")) {
                called = "[" + cut(reader.getAttributeValue(i)) + "]";
                break;
            }
        }
        return reader.getLocalName() + called;
    }

    private static String path(Deque<Element> open) {
        var path = new StringBuilder();
        boolean isList = !open.isEmpty() && open.peekLast().name.equals("plist");
        for (Iterator<Element> outer = open.descendingIterator(); outer.hasNext(); ) {
            Element element = outer.next();
            String step = isList ? element.key : element.name;
            if (!step.isEmpty()) {
                path.append(path.isEmpty() ? "" : isList ? "." : "/").append(step);
            }
        }
        return path.toString();
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
