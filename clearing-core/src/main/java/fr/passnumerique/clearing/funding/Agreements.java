package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundingRegister.Agreement;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What do the agreements say, and what of it is in force? Terms alone: they are settled between the
 * funders of an agreement, so each reads them whole; what came of them is told to each of its own.
 */
public final class Agreements {
  private final FundingRegister register;
  private final ReadLock registers;
  private final Clock clock;

  Agreements(FundingRegister register, ReadLock registers, Clock clock) {
    this.register = register;
    this.registers = registers;
    this.clock = clock;
  }

  /**
   * @param keyVersion in force today: under which an order of today is issued
   * @param versions how many there are, those to come too
   * @param startsOn as of that version, as all that follows
   * @param endsOn inclusive
   * @param territory INSEE codes
   * @param funders in the key's order
   * @param ceilingCents of all of them together
   */
  @Schema(name = "AgreementListed")
  public record Row(
      String agreement,
      String programme,
      LocalDate signedOn,
      int keyVersion,
      int versions,
      LocalDate startsOn,
      LocalDate endsOn,
      List<Departement> territory,
      List<FunderId> funders,
      long ceilingCents) {}

  /** In order of signature. */
  @Schema(name = "AgreementList")
  public record Rows(List<Row> agreements) {}

  /**
   * @param keyVersion in force today
   * @param versions of its terms: as signed, then as each amendment restates them
   */
  @Schema(name = "AgreementSheet")
  public record Sheet(String agreement, String programme, int keyVersion, List<Version> versions) {}

  /**
   * @param keyVersion 1 at signature
   * @param amendment left out of what was signed first
   * @param inForceFrom first day of orders under it
   * @param startsOn first day of the period
   * @param endsOn last day of the period, inclusive
   * @param territory INSEE codes of the départements of funding
   * @param shares in the key's order; ceilings count what was issued under all versions
   */
  @Schema(name = "AgreementVersion")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Version(
      int keyVersion,
      Optional<AmendmentId> amendment,
      LocalDate signedOn,
      LocalDate inForceFrom,
      LocalDate startsOn,
      LocalDate endsOn,
      List<Departement> territory,
      List<Share> shares) {}

  /**
   * Those that the funder takes part in, whoever asks; to a funder its own alone.
   *
   * @param funder null for all
   * @throws fr.passnumerique.clearing.http.Problem 404 if it is not known
   */
  public Rows of(Actor actor, @Nullable FunderId funder) {
    LocalDate today = today();
    AskedShares asked = AskedShares.of(actor, null, funder, register, registers);
    return registers.read(
        () ->
            new Rows(
                register.agreements().stream()
                    .filter(agreement -> asked.funder().map(agreement::has).orElse(true))
                    .map(agreement -> row(agreement, today))
                    .toList()));
  }

  /**
   * @return empty if there is no such agreement, or if the actor is a funder that takes no part
   */
  public Optional<Sheet> find(Actor actor, AgreementId id) {
    LocalDate today = today();
    return registers.find(
        "agreement " + id,
        () ->
            Optional.ofNullable(register.agreement(id))
                .filter(
                    agreement ->
                        actor.role() != Role.FUNDER || agreement.has(new FunderId(actor.subject())))
                .map(agreement -> sheet(agreement, today)));
  }

  private LocalDate today() {
    return Paris.dayOf(clock.instant());
  }

  private static Row row(Agreement agreement, LocalDate today) {
    AgreementTerms terms = agreement.inForceOn(today);
    return new Row(
        agreement.signed().agreement().value(),
        agreement.signed().programme().value(),
        agreement.signed().signedOn(),
        terms.keyVersion(),
        agreement.versions().size(),
        terms.startsOn(),
        terms.endsOn(),
        terms.territory(),
        terms.shares().stream().map(Share::funder).toList(),
        terms.shares().stream().mapToLong(Share::ceilingCents).reduce(0, Math::addExact));
  }

  private static Sheet sheet(Agreement agreement, LocalDate today) {
    return new Sheet(
        agreement.signed().agreement().value(),
        agreement.signed().programme().value(),
        agreement.inForceOn(today).keyVersion(),
        agreement.versions().stream().map(Agreements::version).toList());
  }

  private static Version version(AgreementTerms terms) {
    return new Version(
        terms.keyVersion(),
        terms instanceof AgreementAmended amended
            ? Optional.of(amended.amendment())
            : Optional.empty(),
        terms.signedOn(),
        terms.inForceFrom(),
        terms.startsOn(),
        terms.endsOn(),
        terms.territory(),
        terms.shares());
  }
}
