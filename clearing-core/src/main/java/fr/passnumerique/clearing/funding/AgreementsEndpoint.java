package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.territory.Departement;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What agreements say. A funder reads those that it takes part in. */
@RestController
@RequestMapping("/api/agreements")
final class AgreementsEndpoint {
  private static final Table<Agreements.Row> ROWS =
      Table.<Agreements.Row>of()
          .code("agreement", "Convention", Agreements.Row::agreement)
          .code("programme", "Dispositif", Agreements.Row::programme)
          .day("signedOn", "Signée le", Agreements.Row::signedOn)
          .count("keyVersion", "Version en vigueur", row -> (long) row.keyVersion())
          .count("versions", "Versions", row -> (long) row.versions())
          .day("startsOn", "Début", Agreements.Row::startsOn)
          .day("endsOn", "Fin", Agreements.Row::endsOn)
          .code("territory", "Départements", row -> joined(row.territory(), Departement::code))
          .code("funders", "Financeurs", row -> joined(row.funders(), FunderId::value))
          .cents("ceilingCents", "Plafond", Agreements.Row::ceilingCents);

  /** One share of one version. */
  private record Part(Agreements.Version version, Share share) {}

  private static final Table<Part> PARTS =
      Table.<Part>of()
          .count("keyVersion", "Version", of -> (long) of.version().keyVersion())
          .code(
              "amendment",
              "Avenant",
              of -> of.version().amendment().map(AmendmentId::value).orElse(null))
          .day("signedOn", "Signée le", of -> of.version().signedOn())
          .day("inForceFrom", "En vigueur à partir du", of -> of.version().inForceFrom())
          .day("startsOn", "Début", of -> of.version().startsOn())
          .day("endsOn", "Fin", of -> of.version().endsOn())
          .code(
              "territory",
              "Départements",
              of -> joined(of.version().territory(), Departement::code))
          .code("funder", "Financeur", of -> of.share().funder().value())
          .count("basisPoints", "Part (points de base)", of -> (long) of.share().basisPoints())
          .cents("ceilingCents", "Plafond", of -> of.share().ceilingCents())
          .text("terms", "Paiement", of -> of.share().terms().name())
          .code(
              "preFinancier",
              "Préfinanceur",
              of -> of.share().preFinancier().map(FunderId::value).orElse(null));

  private final Agreements agreements;

  AgreementsEndpoint(Agreements agreements) {
    this.agreements = agreements;
  }

  private static <T> String joined(List<T> all, Function<T, String> text) {
    return all.stream().map(text).collect(Collectors.joining("|"));
  }

  @GetMapping
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readAgreements",
      summary = "The agreements, in order of signature, with the terms in force today",
      description =
          """
          A funder reads those that it has a share of, or advances one of, under any version. \
          readAgreement tells all versions of one, readBudgets what is used of each ceiling.\
          """)
  Agreements.Rows readAgreements(
      Actor actor,
      @Parameter(description = "Only those that this funder takes part in")
          @RequestParam(required = false)
          @Nullable FunderId funder) {
    return agreements.of(actor, funder);
  }

  @TableExport(
      path = "/export",
      operationId = "exportAgreements",
      summary = "The agreements of readAgreements as a file")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  void exportAgreements(
      Actor actor,
      @Parameter(description = "Only those that this funder takes part in")
          @RequestParam(required = false)
          @Nullable FunderId funder,
      TableDownload to)
      throws IOException {
    to.send(ROWS, agreements.of(actor, funder).agreements()::forEach, "conventions");
  }

  @GetMapping("/{agreementId}")
  @Permit({CLERK, AUDITOR, FUNDER})
  @Operation(
      operationId = "readAgreement",
      summary = "What an agreement says: split key, ceilings, period and territory by version",
      description =
          """
          Terms as they were signed and as each amendment (avenant) restates them; `keyVersion` \
          is the one in force today. All funders of an agreement read all its shares: the key is \
          agreed between them. One of others is answered as one that does not exist.\
          """)
  Agreements.Sheet readAgreement(Actor actor, @PathVariable AgreementId agreementId) {
    return agreements
        .find(actor, agreementId)
        .orElseThrow(() -> Problem.notFound("agreement " + agreementId));
  }

  @TableExport(
      path = "/{agreementId}/export",
      operationId = "exportAgreement",
      summary = "The shares of all versions of readAgreement as a file")
  @Permit({CLERK, AUDITOR, FUNDER})
  void exportAgreement(Actor actor, @PathVariable AgreementId agreementId, TableDownload to)
      throws IOException {
    Agreements.Sheet sheet = readAgreement(actor, agreementId);
    to.send(
        PARTS,
        row ->
            sheet
                .versions()
                .forEach(
                    version ->
                        version.shares().forEach(share -> row.accept(new Part(version, share)))),
        "convention-" + agreementId);
  }
}
