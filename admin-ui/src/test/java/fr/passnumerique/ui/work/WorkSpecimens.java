package fr.passnumerique.ui.work;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Long works, in states that pass quickly. */
@Controller
public final class WorkSpecimens {
  private static final Instant ASKED = Instant.parse("2026-11-24T09:00:00Z");

  @GetMapping("/specimen/works/{state}")
  String works(@PathVariable String state, Model model) {
    List<WorkRow> rows =
        state.equals("empty")
            ? List.of()
            : List.of(
                row(
                    "Chèques 30 001 à 40 000 de la commande CMD-2026-16-2",
                    new Work.Standing.Waiting()),
                row(
                    "Chèques 20 001 à 30 000 de la commande CMD-2026-16-2",
                    new Work.Standing.UnderWay(ASKED, 620, 1000)),
                row(
                    "Chèques 10 001 à 20 000 de la commande CMD-2026-16-2",
                    new Work.Standing.Ready(
                        ASKED.plusSeconds(7), new Result.File(ResponseEntity.ok(new byte[0])))),
                row(
                    "Fichier de la banque",
                    new Work.Standing.Ready(ASKED.plusSeconds(9), question())),
                row(
                    "Liste de lieux",
                    new Work.Standing.Ready(
                        ASKED.plusSeconds(20),
                        new Result.Done(
                            new Deed.Done("/registre/lieux", "La liste est enregistrée.")))),
                row(
                    "Chèques 1 à 10 000 de la commande CMD-2026-16-2",
                    new Work.Standing.Failed(
                        ASKED.plusSeconds(2),
                        Problem.notNow(
                            "PRINTING_BUSY",
                            "other documents are being printed",
                            Duration.ofSeconds(10)))),
                row(
                    "Chèques 1 à 10 000 de la commande CMD-2026-86-1",
                    new Work.Standing.Failed(ASKED, null)));
    model.addAttribute("works", rows);
    model.addAttribute("atWork", rows.stream().anyMatch(WorkRow::goesOn));
    return "works";
  }

  private static Result question() {
    return Result.Question.of(
        Effect.of("Enregistrer ce fichier")
            .line("Relevé", "du 01/11/2026 au 24/11/2026")
            .line("Mouvements", "20 000, dont 12 à rapprocher"),
        null,
        _ -> {
          throw new IllegalStateException("nobody confirms a specimen");
        });
  }

  private static WorkRow row(String what, Work.Standing standing) {
    Work work = new Work("w-1", what, what, new Actor("agent", Role.CLERK, ""), ASKED);
    work.stands(standing);
    return WorkRow.of(work, ASKED.plusSeconds(62));
  }
}
