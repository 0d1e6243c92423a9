package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.Incident;
import io.jwtrawl.finding.ScanReport;
import io.jwtrawl.finding.Suppressed;
import io.jwtrawl.rules.Level;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes test results as JUnit does, which every CI system shows: a test case for each token and file.
///
/// It fails if the finding makes the scan fail, is skipped if it may stay, and passes with a note otherwise. What was not
/// searched is an error.
public final class JUnitSink implements FindingSink {

    private static final String SUITE = "jwtrawl";

    private final OutputStream out;
    private final RuleSet rules;
    private final Optional<Level> failsFrom;

    /// @param out stays open
    /// @param failsFrom the least level that makes the scan fail; empty if none does
    public JUnitSink(OutputStream out, RuleSet rules, Optional<Level> failsFrom) {
        this.out = out;
        this.rules = rules;
        this.failsFrom = failsFrom;
    }

    @Override
    public void write(ScanReport report) throws IOException {
        List<TokenInFile> all = TokenInFile.of(report, true);
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            suite(xml, report, all);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException(e.getMessage(), e);
        }
        out.write('\n');
        out.flush();
    }

    private void suite(XMLStreamWriter xml, ScanReport report, List<TokenInFile> all)
            throws XMLStreamException {
        int errors = report.incidents().size() + (report.interrupted() ? 1 : 0);
        boolean isEmpty = all.isEmpty() && errors == 0;
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", SUITE);
        xml.writeAttribute("tests", String.valueOf(isEmpty ? 1 : all.size() + errors));
        xml.writeAttribute("failures", String.valueOf(all.stream().filter(this::fails).count()));
        xml.writeAttribute("errors", String.valueOf(errors));
        xml.writeAttribute(
                "skipped",
                String.valueOf(all.stream().filter(one -> !one.suppressions().isEmpty()).count()));
        xml.writeAttribute("time", seconds(report.statistics().elapsed()));
        xml.writeAttribute("timestamp", Rfc3339.of(report.at()));
        for (TokenInFile one : all) {
            testCase(xml, one);
        }
        for (Incident incident : report.incidents()) {
            error(xml, IncidentText.place(incident), Redaction.redact(incident.what()));
        }
        if (report.ending().early().isPresent()) {
            error(xml, "the whole scan", "it " + report.ending().early().get());
        }
        if (isEmpty) {
            begin(xml, SUITE, "no JSON Web Token was found");
            xml.writeEndElement();
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private boolean fails(TokenInFile one) {
        return one.suppressions().isEmpty()
                && failsFrom.isPresent()
                && level(one).compareTo(failsFrom.get()) >= 0;
    }

    private static Level level(TokenInFile one) {
        return one.worst().classification().rating().level();
    }

    private void testCase(XMLStreamWriter xml, TokenInFile one) throws XMLStreamException {
        Finding shown = one.shown();
        String message = text(TokenMessage.of(one, rules));
        begin(
                xml,
                TokenMessage.path(shown),
                FindingJson.text(level(one))
                        + " "
                        + shown.classification().family()
                        + " "
                        + shown.sighting().token().id().hex().substring(0, 12));
        if (!one.suppressions().isEmpty()) {
            Suppressed why = one.suppressions().getFirst();
            xml.writeEmptyElement("skipped");
            xml.writeAttribute(
                    "message", text(PathText.escape(Redaction.redact(why.justification()))));
        } else if (fails(one)) {
            xml.writeStartElement("failure");
            xml.writeAttribute("type", FindingJson.text(level(one)));
            xml.writeAttribute("message", text(TokenMessage.what(one.worst(), rules)));
            xml.writeCharacters(text(TokenMessage.where(shown)) + "\n" + message);
            xml.writeEndElement();
        } else {
            xml.writeStartElement("system-out");
            xml.writeCharacters(text(TokenMessage.where(shown)) + "\n" + message);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void error(XMLStreamWriter xml, String place, String what)
            throws XMLStreamException {
        begin(xml, place, "not searched");
        xml.writeEmptyElement("error");
        xml.writeAttribute("message", text(PathText.escape(what)));
        xml.writeEndElement();
    }

    private static void begin(XMLStreamWriter xml, String group, String name)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", text(group));
        xml.writeAttribute("name", text(name));
        xml.writeAttribute("time", "0");
    }

    /// What XML cannot hold (XML 1.0, section 2.2) is escaped as everywhere else.
    private static String text(String text) {
        return PathText.escape(text);
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1);
    }
}
