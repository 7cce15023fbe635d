package fr.passnumerique.ui.funder;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.worklist.Task;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.todo.ToDo;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The ends of orders that wait for a signature, and the credit notes for those that are signed. */
@Controller
final class EndsPage {
  private static final int MOST = 1_000;
  private static final Set<Task.Kind> ENDS =
      EnumSet.of(Task.Kind.APPROVE_EXPIRY, Task.Kind.ACKNOWLEDGE_EXPIRY, Task.Kind.SIGN_STATEMENT);

  private final ExpiryEndpoint ends;
  private final WorklistQuery worklist;
  private final Clock clock;

  EndsPage(ExpiryEndpoint ends, WorklistQuery worklist, Clock clock) {
    this.ends = ends;
    this.worklist = worklist;
    this.clock = clock;
  }

  @GetMapping("/etats-et-avoirs")
  @Permit({CLERK, AUDITOR, FUNDER})
  @Live
  String list(Actor actor, @ModelAttribute AskedTable asked, Model model) {
    model.addAttribute(
        "todo",
        ToDo.Listed.of(worklist.of(actor, ENDS, null, MOST), actor, Paris.dayOf(clock.instant())));
    List<ExpiryEndpoint.Note> notes = ends.readCreditNotes(actor).creditNotes();
    model.addAttribute("t", NoteLine.COLUMNS.show("/etats-et-avoirs", NoteLine.of(notes), asked));
    model.addAttribute(
        "toRefundCents",
        notes.stream()
            .filter(note -> note.refundedOn().isEmpty())
            .mapToLong(ExpiryEndpoint.Note::amountCents)
            .sum());
    return "ends";
  }
}
