package fr.passnumerique.projections.histories;

import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.accounts.PostingsQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The money that an activation could draw on: what came for its agreement before, and, of what was
 * transferred from another, what had come for that one by then.
 */
final class MoneyBehind {
  private static final String RECEIVED = "FundsReceived";
  private static final String TRANSFERRED = "FundsTransferred";

  /**
   * How much is told.
   *
   * @param ofAPool receipts, and transfers, the newest of each
   * @param pools that are followed, those whose money counts longest
   */
  record Bounds(int ofAPool, int pools) {
    static final Bounds USUAL = new Bounds(50, 50);
  }

  /** Cash is one for an agreement and owner. */
  private record Pool(String agreement, String owner) {}

  /**
   * @param until the position up to which what came into it counts
   */
  private record Reached(Pool pool, long until) {}

  private final PostingsQuery postings;
  private final Predicate<String> mayRead;
  private final Bounds bounds;
  private final List<ChequePostings.Receipt> receipts = new ArrayList<>();
  private final List<ChequePostings.Transfer> transfers = new ArrayList<>();

  private long receiptsLeftOut;
  private long transfersLeftOut;
  private long notFollowed;

  private MoneyBehind(PostingsQuery postings, Predicate<String> mayRead, Bounds bounds) {
    this.postings = postings;
    this.mayRead = mayRead;
    this.bounds = bounds;
  }

  /**
   * @param owners whose cash it could be
   * @param activated the position at which it was
   * @param mayRead the funders whose money the asker may follow: what comes from another's is told
   *     without where it was before
   */
  static MoneyBehind of(
      PostingsQuery postings,
      String agreement,
      List<String> owners,
      long activated,
      Predicate<String> mayRead) {
    return of(postings, agreement, owners, activated, mayRead, Bounds.USUAL);
  }

  static MoneyBehind of(
      PostingsQuery postings,
      String agreement,
      List<String> owners,
      long activated,
      Predicate<String> mayRead,
      Bounds bounds) {
    MoneyBehind behind = new MoneyBehind(postings, mayRead, bounds);
    behind.follow(agreement, owners, activated);
    return behind;
  }

  /** Newest first. */
  List<ChequePostings.Receipt> receipts() {
    return receipts.stream()
        .sorted(
            Comparator.comparingLong(ChequePostings.Receipt::position)
                .reversed()
                .thenComparing(ChequePostings.Receipt::funder))
        .toList();
  }

  /** Newest first. */
  List<ChequePostings.Transfer> transfers() {
    return transfers.stream()
        .sorted(
            Comparator.comparingLong(ChequePostings.Transfer::position)
                .reversed()
                .thenComparing(ChequePostings.Transfer::funder))
        .toList();
  }

  /** Null if all is told. */
  ChequePostings.@Nullable MoneyLeftOut leftOut() {
    return receiptsLeftOut + transfersLeftOut + notFollowed == 0
        ? null
        : new ChequePostings.MoneyLeftOut(receiptsLeftOut, transfersLeftOut, notFollowed);
  }

  /**
   * The pool that counts longest comes first: a transfer out of another one leads no further into
   * it, so that each is read once, whatever circles money went in.
   */
  private void follow(String agreement, List<String> owners, long activated) {
    PriorityQueue<Reached> waiting =
        new PriorityQueue<>(Comparator.comparingLong(Reached::until).reversed());
    owners.forEach(owner -> waiting.add(new Reached(new Pool(agreement, owner), activated)));
    Set<Pool> done = new HashSet<>();
    Reached next;
    while ((next = waiting.poll()) != null) {
      if (!done.add(next.pool())) {
        continue;
      }
      if (done.size() > bounds.pools()) {
        notFollowed++;
        continue;
      }
      Map<String, Long> takenBack =
          postings.takenBack(next.pool().agreement(), next.pool().owner());
      List<Posting> came = arrived(RECEIVED, next);
      came.forEach(one -> receipts.add(receipt(one, takenBack)));
      receiptsLeftOut += older(RECEIVED, next, came);
      waiting.addAll(transferredInto(next));
    }
  }

  private List<Reached> transferredInto(Reached reached) {
    List<Posting> came = arrived(TRANSFERRED, reached);
    transfersLeftOut += older(TRANSFERRED, reached, came);
    Map<Long, Posting> left =
        came.isEmpty()
            ? Map.of()
            : postings.left(came.stream().map(Posting::position).toList()).stream()
                .collect(Collectors.toMap(Posting::position, Function.identity()));
    List<Reached> before = new ArrayList<>();
    for (Posting into : came) {
      Posting from = left.get(into.position());
      boolean told = from != null && mayRead.test(from.funder());
      transfers.add(transfer(into, told ? from : null));
      if (from != null && told) {
        before.add(new Reached(new Pool(from.agreement(), from.funder()), into.position()));
      }
    }
    return before;
  }

  private List<Posting> arrived(String fact, Reached reached) {
    return postings.arrived(
        fact,
        reached.pool().agreement(),
        reached.pool().owner(),
        reached.until(),
        bounds.ofAPool());
  }

  private long older(String fact, Reached reached, List<Posting> told) {
    return told.size() < bounds.ofAPool()
        ? 0
        : postings.countArrived(
                fact, reached.pool().agreement(), reached.pool().owner(), reached.until())
            - told.size();
  }

  private static ChequePostings.Receipt receipt(Posting came, Map<String, Long> takenBack) {
    return new ChequePostings.Receipt(
        came.position(),
        came.recordedAt(),
        came.happenedOn(),
        came.causes().getFirst().id(),
        came.agreement(),
        came.funder(),
        -came.cents(),
        takenBack.get(came.causes().getFirst().id()));
  }

  private static ChequePostings.Transfer transfer(Posting into, @Nullable Posting from) {
    return new ChequePostings.Transfer(
        into.position(),
        into.recordedAt(),
        into.happenedOn(),
        into.causes().getFirst().id(),
        into.agreement(),
        into.funder(),
        -into.cents(),
        from == null ? null : from.agreement(),
        from == null ? null : from.funder());
  }
}
