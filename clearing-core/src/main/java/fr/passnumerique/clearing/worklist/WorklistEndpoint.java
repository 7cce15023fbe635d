package fr.passnumerique.clearing.worklist;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.PageSize;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for whoever asks. */
@RestController
final class WorklistEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  private final WorklistQuery worklist;

  WorklistEndpoint(WorklistQuery worklist) {
    this.worklist = worklist;
  }

  /**
   * @param count of all that waits, whatever the page
   * @param tasks a page, by kind, what waits longest first
   * @param next what the next page begins after; left out on the last
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Tasks(int count, List<Task> tasks, Optional<String> next) {}

  @GetMapping("/api/worklist")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "readWorklist",
      summary = "What waits for you: proposals to confirm, signatures due, money to explain or pay",
      description =
          """
          A clerk or auditor reads the operator's tasks, a funder, venue or prescriber its own. `startedBy` \
          names the account whose work a second person has to look at, `remedy` the operation of this \
          API that ends the task, or tells how, `otherRemedies` those that may end it then: where \
          cover is unproven for money that a clerk recorded by hand, an entry of the bank is matched to it \
          (`receipts` of `matchBankEntry`), or it is taken back (`takeReceiptBack`, `takeDebitNotePaymentBack`, `takeConfirmationBack`, `takeRefundBack`); where the bank has taken back \
          what a funder paid in, by a debit of its own, as much is given back to it \
          (`giveBackCredit`), its credit note recorded as refunded on that day (`refundCreditNote`), and the \
          debit matched to the note (`creditNote` of `matchBankEntry`). A page begins after a task, \
          not after a number of them: what is done meanwhile hides none of the others.\
          """)
  Tasks readWorklist(
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", required = false)
          @Nullable String after,
      @Parameter(description = "Tasks a page, at most 5 000")
          @RequestParam(name = "limit", defaultValue = "1000")
          int limit,
      Actor actor) {
    PageSize.require(limit, LONGEST_PAGE);
    Page<Task> page = worklist.of(actor, after, limit);
    return new Tasks(page.count(), page.rows(), page.next());
  }
}
