package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which accounts an actor asks about, narrowed to those that it may see. */
public final class AskedAccounts {
  private final BalancesQuery balances;
  private final ProjectionRunners runners;

  public AskedAccounts(BalancesQuery balances, ProjectionRunners runners) {
    this.balances = balances;
    this.runners = runners;
  }

  /**
   * A venue or funder gets its own, even if it did not ask for them.
   *
   * @param shown whose figures are asked for; null for those of now
   * @throws Problem NOT_FOUND for what does not exist, or not for this actor
   */
  public Filter of(Actor actor, WhichAccounts which, @Nullable Generation shown) {
    VenueId venue = which.venue();
    FunderId funder = which.funder();
    AgreementId agreement = which.agreement();
    ProgrammeId programme = which.programme();
    Departement funding = which.fundingDepartement();
    Departement spending = which.spendingDepartement();
    Filter filter =
        new Filter(
            own(actor, VENUE, venue == null ? null : venue.value()),
            own(actor, FUNDER, funder == null ? null : funder.value()),
            agreement == null ? null : agreement.value(),
            programme == null ? null : programme.value(),
            funding == null ? null : funding.code(),
            spending == null ? null : spending.code());
    // The register of venues is everybody's to read.
    if (venue != null) {
      runners.require(() -> balances.knowsVenue(venue.value()), "venue " + venue, "registers");
    }
    if (funder != null) {
      runners.require(() -> mayName(actor, funder, shown), "funder " + funder, behind(actor));
    }
    if (agreement != null) {
      requireAgreement(actor, agreement, shown);
    }
    if (programme != null) {
      runners.require(
          () -> balances.knowsProgramme(programme.value()), "programme " + programme, "registers");
    }
    return filter;
  }

  /**
   * @param shown as in {@link #of}
   * @throws Problem NOT_FOUND if it does not exist, or the actor is a funder and finances others,
   *     or a venue that was never owed anything of it
   */
  public void requireAgreement(Actor actor, AgreementId agreement, @Nullable Generation shown) {
    runners.require(
        () -> mayName(actor, agreement, shown), "agreement " + agreement, behind(actor));
  }

  /**
   * A venue those whose cents it was ever owed, by the accounts of now or by those that were shown:
   * of others it learns not even that they are.
   */
  private boolean mayName(Actor actor, FunderId funder, @Nullable Generation shown) {
    return actor.role() == VENUE
        ? inEither(shown, either -> either.owedOfFunder(actor.subject(), funder.value()))
        : balances.knowsFunder(funder.value());
  }

  private boolean mayName(Actor actor, AgreementId agreement, @Nullable Generation shown) {
    return switch (actor.role()) {
      case FUNDER -> balances.finances(actor.subject(), agreement.value());
      case VENUE ->
          inEither(shown, either -> either.owedOfAgreement(actor.subject(), agreement.value()));
      default -> balances.knowsAgreement(agreement.value());
    };
  }

  private boolean inEither(@Nullable Generation shown, Predicate<BalancesQuery> owed) {
    return owed.test(balances) || (shown != null && owed.test(balances.of(shown)));
  }

  /** What must hold the whole ledger before it is told that there is none. */
  private static String behind(Actor actor) {
    return actor.role() == VENUE ? AccountsProjection.NAME : "registers";
  }

  private static @Nullable String own(Actor actor, Role kind, @Nullable String asked) {
    if (asked != null && actor.role() == kind) {
      Ownership.require(actor, kind, asked);
    }
    return actor.role() == kind ? actor.subject() : asked;
  }
}
