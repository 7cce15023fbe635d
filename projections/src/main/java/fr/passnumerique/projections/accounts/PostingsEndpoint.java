package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.PostingsQuery.Asked;
import fr.passnumerique.projections.accounts.PostingsQuery.Cursor;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** From a balance to its postings, and from each to its fact and what that is about. */
@RestController
final class PostingsEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LONGEST_PAGE = 500;

  private final PostingsQuery postings;
  private final AskedAccounts asked;
  private final ProjectionRunners runners;
  private final DataSource reader;

  PostingsEndpoint(
      PostingsQuery postings,
      BalancesQuery balances,
      ProjectionRunners runners,
      DataSource reader) {
    this.postings = postings;
    this.asked = new AskedAccounts(balances, runners);
    this.runners = runners;
    this.reader = reader;
  }

  @GetMapping("/api/postings")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER, VENUE},
      owner = {"venue", "funder"})
  @Operation(
      operationId = "readPostings",
      summary = "What a balance is made of: every posting, the fact behind it and what it is about",
      description =
          """
          Newest first. With the same filters and the same moment, the postings of all pages sum \
          to the balance of readBalances; of one kind of account, to its `accounts[].cents`. \
          `position` names the fact in the ledger, `causes` the slip, transfer, settlement run, \
          receipt, order or batch that it is about, by the identifiers of their own operations; a \
          slip leads to its lines, and each line to its cheque. A venue or funder reads what is \
          its own.\
          """)
  PostingsPage readPostings(
      Actor actor,
      @ModelAttribute WhichAccounts which,
      @Parameter(description = "Only accounts of this kind") @RequestParam(required = false)
          @Nullable AccountKind kind,
      @Parameter(description = "Only what the fact at this position of the ledger posted")
          @RequestParam(required = false)
          @Nullable Long fact,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable String before,
      @Parameter(description = "Postings a page, at most 500") @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    Cursor cursor = Cursor.before(before);
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    Filter accounts = asked.of(actor, which, generation);
    PostingsQuery shown = postings.of(generation);
    return when.ask(
        head,
        asOf -> {
          requireRecorded(fact, head);
          return shown.read(new Asked(accounts, kind, fact, asOf, cursor, limit));
        });
  }

  /** Of a fact that is not there, no postings would say that it posted nothing. */
  private static void requireRecorded(@Nullable Long fact, long head) {
    if (fact != null && head > 0 && (fact < 1 || fact > head)) {
      throw new UntoldMomentException(
          UntoldMomentException.Why.AS_OF_TOO_LATE,
          "fact",
          fact.toString(),
          "no fact is recorded at position %d".formatted(fact),
          "ask for 1 to %d".formatted(head));
    }
  }
}
