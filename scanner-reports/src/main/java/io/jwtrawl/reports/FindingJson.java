package io.jwtrawl.reports;

import io.jwtrawl.classify.Exposure;
import io.jwtrawl.classify.Grant;
import io.jwtrawl.classify.Rating;
import io.jwtrawl.classify.Reason;
import io.jwtrawl.finding.Finding;
import io.jwtrawl.finding.Place;
import io.jwtrawl.finding.Sprawl;
import io.jwtrawl.rules.RuleSet;
import io.jwtrawl.source.Authorship;
import io.jwtrawl.source.GitObjectType;
import io.jwtrawl.source.PathText;
import io.jwtrawl.source.Position;
import io.jwtrawl.source.Provenance;
import io.jwtrawl.token.Claims;
import io.jwtrawl.token.Redaction;
import io.jwtrawl.token.Token;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// One finding as JSON, in the schema `jwtrawl/1` that docs/json.md describes.
final class FindingJson {

    private static final String SCHEMA = "jwtrawl/1";
    private static final int MAX_ELEMENTS = 100;

    private final JsonGenerator out;
    private final Finding finding;
    private final ReportText text;
    private final boolean echo;

    /// How many members and elements of header and claims were not written.
    private int leftOut;

    private FindingJson(JsonGenerator out, Finding finding, ReportText text, boolean echo) {
        this.out = out;
        this.finding = finding;
        this.text = text;
        this.echo = echo;
    }

    /// @param showPersonalData whether claims are written as they are
    /// @param echo whether the whole token is
    static void write(
            JsonGenerator out,
            Finding finding,
            RuleSet rules,
            boolean showPersonalData,
            boolean echo) {
        new FindingJson(out, finding, new ReportText(finding, rules, showPersonalData), echo)
                .write();
    }

    /// Writes the header or the claims of a finding's token.
    ///
    /// @return how many members and elements were left out
    static int writeDecoded(
            JsonGenerator out, Finding finding, ReportText text, JsonNode headerOrClaims) {
        var json = new FindingJson(out, finding, text, false);
        json.value(headerOrClaims);
        return json.leftOut;
    }

    private void write() {
        out.writeStartObject();
        out.writeStringProperty("schema", SCHEMA);
        token();
        rating(finding.classification().rating());
        exposure(finding.classification().exposure());
        place();
        sprawl(finding.sprawl());
        out.writeStringProperty("fingerprint", finding.fingerprint().hex());
        out.writeEndObject();
    }

    private void token() {
        Token token = finding.sighting().token();
        out.writeObjectPropertyStart("token");
        out.writeStringProperty("id", token.id().hex());
        out.writeStringProperty("redacted", Redaction.of(token));
        out.writeStringProperty("form", text(token.form()));
        out.writeStringProperty("family", finding.classification().family());
        out.writeBooleanProperty("partial", token.isPartial());
        out.writeStringProperty("signature", text(token.fit()));
        string("alg", Optional.of(token.alg()).filter(alg -> !alg.isEmpty()));
        out.writeName("header");
        value(token.header());
        out.writeName("claims");
        Optional<JsonNode> claims = token.claims().map(Claims::all);
        if (claims.isPresent()) {
            value(claims.get());
        } else {
            out.writeNull();
        }
        out.writeNumberProperty("leftOut", leftOut);
        if (echo) {
            out.writeStringProperty(
                    "text", new String(token.text().reveal(), StandardCharsets.US_ASCII));
        }
        out.writeEndObject();
    }

    private void rating(Rating rating) {
        out.writeObjectPropertyStart("rating");
        out.writeStringProperty("level", text(rating.level()));
        out.writeNumberProperty("score", rating.score());
        out.writeArrayPropertyStart("reasons");
        for (Reason reason : rating.reasons()) {
            out.writeStartObject();
            out.writeStringProperty("code", reason.code().text());
            out.writeNumberProperty("points", reason.points());
            out.writeStringProperty("text", reason.text());
            strings("standards", reason.standards());
            out.writeEndObject();
        }
        out.writeEndArray();
        strings("standards", rating.standards());
        out.writeStringProperty("remedy", rating.remedy());
        out.writeEndObject();
    }

    private void exposure(Exposure exposure) {
        out.writeObjectPropertyStart("exposure");
        out.writeStringProperty("state", text(exposure.state()));
        instant("issuedAt", exposure.issuedAt());
        instant("expiresAt", exposure.expiresAt());
        seconds("lifetime", exposure.lifetime());
        seconds("remaining", exposure.remaining());
        string("issuer", text.issuer());
        string("provider", exposure.provider());
        strings("audience", text.audience());
        out.writeStringProperty("kind", text(exposure.kind()));
        strings("scopes", text.scopes());
        grants(exposure);
        out.writeStringProperty("privilege", text(exposure.privilege()));
        out.writeStringProperty("subjectKind", text(exposure.subjectKind()));
        strings("subjectEvidence", exposure.subjectEvidence());
        out.writeStringProperty("forgeable", text(exposure.forgeable()));
        out.writeBooleanProperty("sample", exposure.sample());
        instant("firstSeen", exposure.firstSeen());
        seconds("exposedWhileValid", exposure.exposedWhileValid());
        out.writeEndObject();
    }

    /// Which claim says each of the scopes, and what that lets its bearer do.
    private void grants(Exposure exposure) {
        List<String> scopes = text.scopes();
        out.writeArrayPropertyStart("grants");
        for (int i = 0; i < scopes.size(); i++) {
            Grant grant = exposure.grants().get(i);
            out.writeStartObject();
            out.writeStringProperty("scope", scopes.get(i));
            out.writeStringProperty("claim", text.of(grant.claim()));
            out.writeStringProperty("privilege", text(grant.privilege()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void sprawl(Sprawl sprawl) {
        out.writeObjectPropertyStart("sprawl");
        out.writeNumberProperty("places", sprawl.places());
        out.writeNumberProperty("repositories", sprawl.repositories());
        kin("issuer", sprawl.issuer());
        kin("subject", sprawl.subject());
        kin("jwtId", sprawl.jwtId());
        kin("key", sprawl.key());
        out.writeEndObject();
    }

    private void kin(String name, Optional<Sprawl.Kin> kin) {
        if (kin.isEmpty()) {
            out.writeNullProperty(name);
            return;
        }
        out.writeObjectPropertyStart(name);
        out.writeNumberProperty("tokens", kin.get().tokens());
        out.writeNumberProperty("places", kin.get().places());
        out.writeNumberProperty("repositories", kin.get().repositories());
        out.writeEndObject();
    }

    private void place() {
        Place place = finding.place();
        Position position = finding.sighting().position();
        out.writeObjectPropertyStart("place");
        out.writeStringProperty("source", place.source());
        string("uri", place.uri().map(uri -> text.ofPlace(uri.toASCIIString())));
        out.writeStringProperty("path", text.ofPlace(place.path()));
        strings("inner", finding.inner().stream().map(text::ofPlace).toList());
        strings("encoding", place.encoding());
        lineOrColumn("line", position.line());
        lineOrColumn("column", position.column());
        out.writeNumberProperty("offset", position.offset());
        out.writeStringProperty("context", text(finding.classification().context()));
        string("repository", repository(place).map(text::ofPlace));
        history(finding.sighting().provenance());
        out.writeEndObject();
    }

    /// Its folder, or where it was fetched from.
    private static Optional<String> repository(Place place) {
        return place.repository()
                .map(folder ->
                        place.uri()
                                .filter(uri -> !"file".equals(uri.getScheme()))
                                .map(URI::toString)
                                .orElseGet(() -> PathText.of(folder)));
    }

    private void history(Provenance provenance) {
        Provenance.Outermost outermost = provenance.outermost();
        if (outermost instanceof Provenance.CommittedFile file) {
            Provenance.History history = file.history();
            authorship(
                    Optional.of(history.introduced()), Optional.of(history.introduced().commit()));
            out.writeBooleanProperty("inHead", history.inHead());
            string("introducedBy", Optional.of(history.introduced().commit()));
            string("removedBy", history.removedBy());
            string("object", Optional.of(file.objectId()));
            committed(history.introduced());
            strings("branches", history.branches().stream().map(text::ofPlace).toList());
            string("permalink", history.permalink().map(URI::toString).map(text::ofPlace));
        } else if (outermost instanceof Provenance.GitMessage message) {
            Optional<String> object = Optional.of(message.objectId());
            Optional<String> commit = object.filter(_ -> message.type() == GitObjectType.COMMIT);
            authorship(Optional.of(message.authorship()), commit);
            out.writeBooleanProperty("inHead", message.inHead());
            string("introducedBy", commit);
            string("removedBy", Optional.empty());
            string("object", object);
            committed(message.authorship());
        } else {
            noHistory(provenance);
            if (outermost instanceof Provenance.InRepository kept) {
                string("object", Optional.of(kept.objectId()));
                if (kept instanceof Provenance.StagedFile) {
                    out.writeBooleanProperty("staged", true);
                }
            }
        }
    }

    private void noHistory(Provenance provenance) {
        authorship(Optional.empty(), Optional.empty());
        out.writeNullProperty("inHead");
        out.writeNullProperty("introducedBy");
        string("removedBy", provenance.removedByLayer().map(text::ofPlace));
    }

    private void authorship(Optional<Authorship> authorship, Optional<String> commit) {
        string("commit", commit);
        string("author", authorship.map(written -> text.ofPlace(written.author())));
        string("authorEmail", authorship.map(written -> text.ofPlace(written.email())));
        instant("authored", authorship.flatMap(Authorship::authored));
    }

    private void committed(Authorship authorship) {
        string("committer", Optional.of(text.ofPlace(authorship.committer())));
        string("committerEmail", Optional.of(text.ofPlace(authorship.committerEmail())));
        instant("committed", authorship.committed());
    }

    /// A decoded header or claim, as far as reports tell it.
    private void value(JsonNode node) {
        if (node.isObject()) {
            out.writeStartObject();
            limited(
                    node.properties(),
                    member -> {
                        out.writeName(text.of(member.getKey()));
                        if (text.hides(member.getKey())) {
                            hidden(member.getValue());
                        } else {
                            value(member.getValue());
                        }
                    });
            out.writeEndObject();
        } else if (node.isArray()) {
            out.writeStartArray();
            limited(node.values(), this::value);
            out.writeEndArray();
        } else if (node.isString()) {
            out.writeString(text.of(node.stringValue()));
        } else {
            NodeText.writeScalar(node, out);
        }
    }

    private void hidden(JsonNode value) {
        if (value.isNull() || value.isBoolean()) {
            NodeText.writeScalar(value, out); // says nothing of anybody
        } else {
            out.writeString(text.hash(value.isString() ? value.stringValue() : NodeText.of(value)));
        }
    }

    private <T> void limited(Collection<T> elements, Consumer<T> write) {
        int most = text.showsAll() ? Integer.MAX_VALUE : MAX_ELEMENTS;
        int written = 0;
        for (T element : elements) {
            if (written == most) {
                leftOut += elements.size() - written;
                return;
            }
            write.accept(element);
            written++;
        }
    }

    private void lineOrColumn(String name, long number) {
        if (number > 0) {
            out.writeNumberProperty(name, number);
        } else {
            out.writeNullProperty(name);
        }
    }

    private void string(String name, Optional<String> value) {
        if (value.isPresent()) {
            out.writeStringProperty(name, value.get());
        } else {
            out.writeNullProperty(name);
        }
    }

    private void strings(String name, List<String> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeString);
        out.writeEndArray();
    }

    private void instant(String name, Optional<Instant> value) {
        string(name, value.map(FindingJson::rfc3339));
    }

    private void seconds(String name, Optional<Duration> value) {
        if (value.isPresent()) {
            out.writeNumberProperty(name, value.get().toSeconds());
        } else {
            out.writeNullProperty(name);
        }
    }

    static String rfc3339(Instant instant) {
        return Rfc3339.of(instant);
    }

    /// A constant as reports spell it.
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
