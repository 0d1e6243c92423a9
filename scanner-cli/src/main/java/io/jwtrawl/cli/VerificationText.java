package io.jwtrawl.cli;

import io.jwtrawl.classify.Rating;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.reports.PrintableJson;
import io.jwtrawl.source.PathText;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Token;
import io.jwtrawl.verify.ClaimProblem;
import io.jwtrawl.verify.VerificationReport;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a check found, for a person or a program. Nothing that the token says gets out unescaped, and the token itself
/// not at all.
///
/// @param rating with the result among its reasons
record VerificationText(Finding finding, VerificationReport report, Rating rating) {

    private static final String SCHEMA = "jwtrawl-verify/1";

    String terminal() {
        Token token = finding.sighting().token();
        var text = new StringBuilder();
        line(text, "token", Redaction.of(token) + "  sha256 " + token.id().hex());
        line(text, "algorithm", token.alg().isEmpty() ? "none" : PathText.escape(token.alg()));
        line(text, "result", report.verification().outcome().text());
        line(text, "because", PathText.escape(report.verification().detail()));
        boolean refused = report.problems().stream().anyMatch(ClaimProblem::refuse);
        line(text, "claims", refused ? "do not hold" : "hold");
        for (ClaimProblem problem : report.problems()) {
            line(text, problem.refuse() ? "  refuse" : "  note", problem.text());
        }
        line(text, "rating", level().toUpperCase(Locale.ROOT) + ", score " + rating.score());
        line(text, "do", rating.remedy());
        return text.toString();
    }

    private String level() {
        return rating.level().name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String label, String content) {
        text.append(label)
                .append(" ".repeat(Math.max(1, 11 - label.length())))
                .append(content)
                .append(System.lineSeparator());
    }

    /// One line.
    String json() {
        Token token = finding.sighting().token();
        JsonMapper json = PrintableJson.mapper().build();
        ObjectNode out = json.createObjectNode().put("schema", SCHEMA);
        out.putObject("token")
                .put("id", token.id().hex())
                .put("redacted", Redaction.of(token))
                .put("alg", token.alg());
        out.put("result", report.verification().outcome().text())
                .put("detail", report.verification().detail())
                .put("accepted", report.isAccepted());
        var problems = out.putArray("problems");
        for (ClaimProblem problem : report.problems()) {
            problems.addObject()
                    .put("code", problem.code())
                    .put("refuse", problem.refuse())
                    .put("text", problem.text());
        }
        out.putObject("rating").put("level", level()).put("score", rating.score());
        return json.writeValueAsString(out) + "\n";
    }
}
