package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Departement;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which programmes and funders there are. */
@RestController
@RequestMapping("/api")
public final class PartiesEndpoint {
  private static final Table<ProgrammeDefined> PROGRAMMES =
      Table.<ProgrammeDefined>of()
          .code("programme", "Dispositif", of -> of.programme().value())
          .text("name", "Nom", ProgrammeDefined::name)
          .cents("faceValueCents", "Valeur faciale", ProgrammeDefined::faceValueCents)
          .count("chequesPerCarnet", "Chèques par carnet", of -> (long) of.chequesPerCarnet())
          .count("validityDays", "Validité (jours)", of -> (long) of.validityDays())
          .count(
              "presentationWindowDays",
              "Délai de présentation (jours)",
              of -> (long) of.presentationWindowDays())
          .count("toleranceDays", "Tolérance (jours)", of -> (long) of.toleranceDays())
          .text("eligiblePublics", "Publics", of -> String.join("|", of.eligiblePublics()))
          .text("eligibleServices", "Services", of -> String.join("|", of.eligibleServices()))
          .code(
              "territory",
              "Départements",
              of -> of.territory().stream().map(Departement::code).collect(Collectors.joining("|")))
          .count("chequesPerVisit", "Chèques par visite", of -> (long) of.chequesPerVisit())
          .text("conflictOfInterest", "Conflit d’intérêts", of -> of.conflictOfInterest().name())
          .count(
              "carnetsPerPerson",
              "Carnets par personne",
              of -> of.renewal().map(rule -> (long) rule.carnetsPerPerson()).orElse(null))
          .count(
              "afterDays",
              "Renouvelable après (jours)",
              of -> of.renewal().map(rule -> (long) rule.afterDays()).orElse(null));

  private static final Table<FunderRegistered> FUNDERS =
      Table.<FunderRegistered>of()
          .code("funder", "Financeur", of -> of.funder().value())
          .text("name", "Nom", FunderRegistered::name)
          .text("kind", "Nature", of -> of.kind().name())
          .code(
              "lead",
              "Commune chef de file",
              of -> of.group().map(FunderRegistered.Group::lead).orElse(null))
          .code(
              "members",
              "Communes",
              of ->
                  of.group().stream()
                      .flatMap(group -> group.members().stream())
                      .map(FunderRegistered.Commune::code)
                      .collect(Collectors.joining("|")));

  private final FundingRegister register;
  private final ReadLock registers;

  PartiesEndpoint(FundingRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /** In order of definition. */
  @Schema(name = "ProgrammeList")
  public record Programmes(List<ProgrammeDefined> programmes) {}

  @GetMapping("/programmes")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "readProgrammes",
      summary = "The programmes and their rules, in order of definition",
      description =
          """
          An order freezes the rules of its programme as they are here when it is issued. Empty \
          `eligiblePublics`, `eligibleServices` and `territory` are all; `chequesPerVisit` 0 is no \
          limit.\
          """)
  public Programmes readProgrammes() {
    return new Programmes(registers.read(register::programmes));
  }

  @TableExport(
      path = "/programmes/export",
      operationId = "exportProgrammes",
      summary = "The programmes of readProgrammes as a file")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  void exportProgrammes(TableDownload to) throws IOException {
    to.send(PROGRAMMES, readProgrammes().programmes()::forEach, "dispositifs");
  }

  /** In order of registration. */
  @Schema(name = "FunderList")
  public record Funders(List<FunderRegistered> funders) {}

  @GetMapping("/funders")
  @Permit({CLERK, AUDITOR, FUNDER})
  @Operation(
      operationId = "readFunders",
      summary = "The funders, in order of registration",
      description = "A funder reads itself.")
  public Funders readFunders(Actor actor) {
    return new Funders(
        registers.read(register::funders).stream()
            .filter(of -> actor.role() != FUNDER || of.funder().value().equals(actor.subject()))
            .toList());
  }

  @TableExport(
      path = "/funders/export",
      operationId = "exportFunders",
      summary = "The funders of readFunders as a file")
  @Permit({CLERK, AUDITOR, FUNDER})
  void exportFunders(Actor actor, TableDownload to) throws IOException {
    to.send(FUNDERS, readFunders(actor).funders()::forEach, "financeurs");
  }
}
