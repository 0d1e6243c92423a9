package io.jwtrawl.reports;

import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.FindingSink;
import io.jwtrawl.finding.ScanReport;
import java.io.IOException;
import io.jwtrawl.rules.RuleSet;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes one line of JSON for each finding, and nothing else.
public final class JsonLinesSink implements FindingSink {

    private static final byte[] LINE_FEED = "\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final boolean showTokens;

    /// @param out stays open
    /// @param showTokens whether whole tokens and personal data are written
    public JsonLinesSink(OutputStream out, RuleSet rules, boolean showTokens) {
    private final RuleSet rules;
        this.out = out;
        this.showTokens = showTokens;
    }

    @Override
    public void write(ScanReport report) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
        for (Finding finding : report.findings()) {
            try (JsonGenerator json = mapper.createGenerator(out)) {
                new FindingJson(json, showTokens).write(finding);
            } catch (JacksonException e) {
                throw new IOException(e.getOriginalMessage(), e);
            }
            out.write(LINE_FEED);
        }
        out.flush();
    }
}
