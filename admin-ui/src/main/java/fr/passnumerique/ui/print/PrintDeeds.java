package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.work.Result;
import fr.passnumerique.ui.work.Works;
import fr.passnumerique.ui.work.WorksPage;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Has cheques printed that are too many to wait for. */
@Controller
public final class PrintDeeds {
  private static final String ORDER = "/commandes/{orderId}";
  private static final String PRINT = ORDER + "/impression";

  private final ChequesEndpoint cheques;
  private final Works works;
  private final French french;

  PrintDeeds(ChequesEndpoint cheques, Works works, French french) {
    this.cheques = cheques;
    this.works = works;
    this.french = french;
  }

  /**
   * @param first ordinal that is proposed; empty for the order's first
   * @param last likewise
   */
  @DeedMapping(PRINT)
  @Permit(Role.CLERK)
  Deed<ChequesEndpoint.Asked> printing(
      Sent sent,
      @PathVariable("orderId") OrderId order,
      @RequestParam(name = "du", defaultValue = "") String first,
      @RequestParam(name = "au", defaultValue = "") String last,
      Model model) {
    // One that is not there is told before anything is filled in.
    var _ = cheques.asked(order, 1, 1);
    Doing.show(
        model,
        "Imprimer des chèques de la commande " + order,
        "Dix par feuille A4. Il est noté que vous en avez pris les codes.",
        Address.of(ORDER, order));
    return new Deed<>(
        Doing.VIEW,
        fields(),
        Map.of("from", first, "to", last),
        (entries, dryRun) -> {
          ChequesEndpoint.Asked asked =
              cheques.asked(
                  order,
                  entries.given("from").map(Integer::valueOf).orElse(null),
                  entries.given("to").map(Integer::valueOf).orElse(null));
          if (!dryRun) {
            works.begin(
                sent.by(),
                "Chèques %s à %s de la commande %s"
                    .formatted(french.count(asked.first()), french.count(asked.last()), order),
                progress -> new Result.File(cheques.printInTurn(asked, sent.by(), progress)));
          }
          return ResponseEntity.ok(asked);
        },
        (_, asked) ->
            Effect.of("Imprimer ces chèques")
                .line(
                    "Chèques",
                    "%s, du nº %s au nº %s"
                        .formatted(
                            french.counted(asked.cheques(), "chèque", "chèques"),
                            french.count(asked.first()),
                            french.count(asked.last())))
                .line("Lot", asked.issued().batch().toString())
                .afterwards(
                    "Le document se prépare pendant que vous faites autre chose, et vous attend"
                        + " un quart d’heure."),
        _ -> new Deed.Done(WorksPage.PATH, "Le document se prépare."));
  }

  static List<Field> fields() {
    return List.of(
        count("from", "Du chèque nº").hint("Le premier de la commande, si rien n’est dit."),
        count("to", "Au chèque nº").hint("Le dernier de la commande, si rien n’est dit."));
  }

  private static Field count(String name, String label) {
    return Field.text(name, label).as(Integer::valueOf, "Écrivez un nombre, comme 120.").ifAny();
  }

  /**
   * @param first ordinal
   * @param last ordinal, inclusive
   */
  public static String cheques(OrderId order, int first, int last) {
    return Address.of(PRINT + "?du={du}&au={au}", order, first, last);
  }
}
