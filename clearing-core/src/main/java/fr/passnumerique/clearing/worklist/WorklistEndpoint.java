package fr.passnumerique.clearing.worklist;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What waits for whoever asks. */
@RestController
final class WorklistEndpoint {
  private final WorklistQuery worklist;

  WorklistEndpoint(WorklistQuery worklist) {
    this.worklist = worklist;
  }

  /**
   * @param tasks by kind, what waits longest first
   */
  record Tasks(List<Task> tasks) {}

  @GetMapping("/api/worklist")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "readWorklist",
      summary = "What waits for you: proposals to confirm, signatures due, money to explain or pay",
      description =
          """
          A clerk or auditor reads the operator's tasks, a funder or venue its own. `startedBy` \
          names the account whose work a second person has to look at.\
          """)
  Tasks readWorklist(Actor actor) {
    return new Tasks(worklist.of(actor));
  }
}
