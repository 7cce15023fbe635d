package fr.passnumerique.ui.todo;

import fr.passnumerique.ui.words.Badge;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What waits, made up. */
@Controller
public final class ToDoSpecimens {
  public static final ToDo.Listed NOTHING = new ToDo.Listed(List.of(), 0);
  public static final ToDo.Listed TODO =
      new ToDo.Listed(
          List.of(
              new ToDo(
                  "Libérer le règlement",
                  "reglement-2026-11",
                  LocalDate.of(2026, 11, 21),
                  13_180_00,
                  null,
                  Badge.calm("Attend une autre personne"),
                  null,
                  List.of()),
              new ToDo(
                  "Relancer l’appel de fonds",
                  "appel-16",
                  LocalDate.of(2026, 10, 1),
                  1_500_01,
                  LocalDate.of(2026, 10, 31),
                  Badge.bad("En retard"),
                  null,
                  List.of()),
              new ToDo(
                  "Examiner les écarts de la reconstruction",
                  "accounts-2",
                  LocalDate.of(2026, 11, 3),
                  0,
                  null,
                  null,
                  "/projections",
                  List.of()),
              new ToDo(
                  "Statuer sur la contestation de l’indu",
                  "indu-7",
                  LocalDate.of(2026, 11, 3),
                  0,
                  null,
                  null,
                  null,
                  List.of("rapprocher un mouvement bancaire", "retirer un versement"))),
          4);

  @GetMapping("/specimen/todo/{state}")
  String todo(@PathVariable String state, Model model) {
    model.addAttribute("todo", state.equals("empty") ? NOTHING : TODO);
    model.addAttribute("count", state.equals("empty") ? 0 : 7);
    model.addAttribute("first", state.equals("first"));
    model.addAttribute("next", state.equals("first") ? "RELEASE_RUN~2026-11-21T08:00:00Z~r" : null);
    return "todo";
  }
}
