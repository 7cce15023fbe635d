package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.ChequeAccounts;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a serial to the figures that hold its cents: the history finds the facts. */
public final class ChequePostingsQuery {
  private final ChequeHistories histories;
  private final PostingsQuery postings;
  private final BalancesQuery balances;

  ChequePostingsQuery(ChequeHistories histories, PostingsQuery postings, BalancesQuery balances) {
    this.histories = histories;
    this.postings = postings;
    this.balances = balances;
  }

  /** The same where the tables that a rebuild replaced answer: what was shown before. */
  ChequePostingsQuery of(@Nullable Generation replaced) {
    return new ChequePostingsQuery(
        histories.of(replaced), postings.of(replaced), balances.of(replaced));
  }

  /**
   * @return empty if there is no such cheque, or it is not the actor's to know
   */
  public Optional<ChequePostings> find(Serial serial, Actor actor) {
    return histories
        .find(serial)
        .flatMap(whole -> Discretion.of(actor).apply(whole).map(_ -> of(whole, actor)));
  }

  private ChequePostings of(ChequeHistory cheque, Actor actor) {
    List<String> owners = owners(cheque, actor);
    PostingsQuery.OfFacts found =
        postings.of(
            accounts(cheque, owners),
            cheque.events().stream()
                // Its line was rejected: what that slip posts is of other cheques.
                .filter(event -> !(event instanceof HistoryEvent.Rejected))
                .map(HistoryEvent::position)
                .distinct()
                .toList(),
            cheque.position());
    Map<Long, List<Posting>> byFact = new LinkedHashMap<>();
    // The history may be ahead of the accounts or behind them: told is what both hold.
    boolean all = cheque.position() <= found.standing().position();
    long position = all ? cheque.position() : found.standing().position();
    found.postings().stream()
        .filter(p -> p.position() <= position)
        // A venue reads its own accounts, as everywhere.
        .filter(p -> actor.role() != Role.VENUE || p.venue().equals(actor.subject()))
        .forEach(p -> byFact.computeIfAbsent(p.position(), _ -> new ArrayList<>()).add(p));
    MoneyBehind money = money(cheque, owners, actor, position);
    return new ChequePostings(
        cheque.serial(),
        position,
        all ? cheque.recordedAt() : found.standing().recordedAt(),
        cheque.faceValueCents(),
        cheque.shares(),
        byFact.values().stream().map(ChequePostingsQuery::ofFact).toList(),
        money == null ? null : money.receipts(),
        money == null ? null : money.transfers(),
        money == null ? null : money.leftOut(),
        Caveats.both(all ? cheque.caveats() : histories.caveats(position), found.caveats()));
  }

  private static ChequePostings.OfFact ofFact(List<Posting> postings) {
    Posting first = postings.getFirst();
    return new ChequePostings.OfFact(
        first.position(),
        first.recordedAt(),
        first.happenedOn(),
        first.fact(),
        first.causes(),
        postings);
  }

  /** Whose cents or cash it is; a funder's own alone if it asks. */
  private List<String> owners(ChequeHistory cheque, Actor actor) {
    if (actor.role() == Role.FUNDER) {
      return List.of(actor.subject());
    }
    List<String> funders = cheque.shares().stream().map(ChequeHistory.Share::funder).toList();
    return Stream.concat(
            funders.stream(), balances.preFinanciers(cheque.agreement(), funders).stream())
        .distinct()
        .toList();
  }

  private static ChequeAccounts accounts(ChequeHistory cheque, List<String> owners) {
    List<String> venues = new ArrayList<>();
    List<String> spending = new ArrayList<>();
    List<String> prescribers = new ArrayList<>();
    for (HistoryEvent event : cheque.events()) {
      switch (event) {
        case HistoryEvent.Delivered e -> prescribers.add(e.prescriber());
        case HistoryEvent.Redeemed e -> {
          // Told in full: it is the whole history, which no discretion has shortened.
          venues.add(String.valueOf(e.venue()));
          spending.add(String.valueOf(e.departement()));
        }
        default -> {}
      }
    }
    return new ChequeAccounts(
        cheque.programme(),
        cheque.agreement(),
        owners,
        cheque.fundingDepartement(),
        venues,
        spending,
        prescribers);
  }

  /** Null while it is not activated, and for a venue. */
  private @Nullable MoneyBehind money(
      ChequeHistory cheque, List<String> owners, Actor actor, long position) {
    if (actor.role() == Role.VENUE) {
      return null;
    }
    return cheque.events().stream()
        .filter(event -> event instanceof HistoryEvent.Activated && event.position() <= position)
        .findFirst()
        .map(
            activated ->
                MoneyBehind.of(
                    postings,
                    cheque.agreement(),
                    owners,
                    activated.position(),
                    funder -> actor.role() != Role.FUNDER || funder.equals(actor.subject())))
        .orElse(null);
  }
}
