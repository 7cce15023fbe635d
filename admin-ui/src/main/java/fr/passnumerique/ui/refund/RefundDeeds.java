package fr.passnumerique.ui.refund;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.refund.RefundEndpoint;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Deeds;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How credit notes are refunded: ordered by one clerk, released by another, taken to the bank. */
@Controller
public final class RefundDeeds {
  private static final String NEW = "/remboursements/nouveau";
  private static final String ONE = "/remboursements/{orderId}";
  private static final String RELEASE = ONE + "/liberation";
  private static final String CANCEL = ONE + "/annulation";
  private static final String FILE = ONE + "/fichier";
  private static final String NOTES = "creditNotes";

  private final RefundEndpoint refunds;
  private final ExpiryEndpoint notes;
  private final Supplier<Names> names;
  private final French french;
  private final Clock clock;

  RefundDeeds(
      RefundEndpoint refunds,
      ExpiryEndpoint notes,
      Supplier<Names> names,
      French french,
      Clock clock) {
    this.refunds = refunds;
    this.notes = notes;
    this.names = names;
    this.french = french;
    this.clock = clock;
  }

  // -- order

  /**
   * @param ticked the one that is ticked at first; empty for none
   */
  @DeedMapping(NEW)
  @Permit(Role.CLERK)
  Deed<Answer<RefundsOrdered>> ordering(
      Sent sent, @RequestParam(name = "avoir", defaultValue = "") String ticked, Model model) {
    Names known = names.get();
    about(
        "Ordonner des remboursements",
        "Un virement par avoir, au compte du financeur. Rien ne part à la banque avant qu’une autre"
            + " personne l’ait libéré.",
        "/a-traiter",
        model);
    return new Deed<>(
        "refund-deed",
        fieldsOfAnOrder(
            notes.readCreditNotes(sent.by()).creditNotes().stream()
                .filter(note -> note.refundedOn().isEmpty())
                .map(
                    note ->
                        new Field.Choice(
                            note.creditNote(),
                            "%s, %s, du %s"
                                .formatted(
                                    known.funder(note.funder()),
                                    french.money(note.amountCents()),
                                    french.date(note.issuedOn()))))
                .toList()),
        Map.of(NOTES, ticked, "order", "avoirs-" + Paris.dayOf(clock.instant())),
        (entries, dryRun) ->
            refunds.orderRefunds(
                new RefundEndpoint.OrderBody(
                    entries.as("order", RefundOrderId::new),
                    entries.chosen(NOTES).stream().map(CreditNoteId::new).toList()),
                dryRun,
                sent.by()),
        (_, ordered) -> orders(ordered.answer()).already(ordered.already()),
        ordered ->
            new Deed.Done(
                Address.of(ONE, ordered.answer().order().value()),
                "Les remboursements sont ordonnés. Une autre personne les libère."));
  }

  static List<Field> fieldsOfAnOrder(List<Field.Choice> notes) {
    return List.of(
        Field.choices(NOTES, "Avoirs à rembourser", notes)
            .hint("Ceux que la banque n’a pas encore remboursés."),
        Field.text("order", "Nom de l’ordre")
            .hint("Lettres sans accent, chiffres, points et tirets.")
            .as(
                RefundOrderId::new,
                "Au plus 40 lettres sans accent, chiffres, points, tirets ou soulignés ; une"
                    + " lettre ou un chiffre d’abord."));
  }

  private Effect orders(RefundsOrdered of) {
    Names known = names.get();
    Effect effect = Effect.of("Ordonner ces remboursements");
    for (RefundsOrdered.Transfer transfer : of.transfers()) {
      effect =
          effect.line(
              "Rembourse " + known.funder(transfer.funder().value()),
              "%s, avoir %s"
                  .formatted(french.money(transfer.amountCents()), transfer.creditNote()));
    }
    return effect.afterwards(
        "Une autre personne que vous les libère, puis leur fichier est porté à la banque.");
  }

  // -- release

  @DeedMapping(RELEASE)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<RefundsReleased>> releasing(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    RefundEndpoint.ReadOrder order = find(orderId);
    about("Libérer les remboursements " + orderId, ordered(order), Address.of(ONE, orderId), model);
    return new Deed<>(
        "refund-deed",
        List.of(),
        (_, dryRun) -> refunds.releaseRefunds(new RefundOrderId(orderId), dryRun, sent.by()),
        (_, released) ->
            Effect.of("Libérer ces remboursements")
                .line("Ils paient", ordered(order))
                .line("La banque paiera le", french.date(released.answer().executionOn()))
                .afterwards("Leur fichier se prend, et va à la banque.")
                .already(released.already()),
        _ ->
            new Deed.Done(
                Address.of(ONE, orderId),
                "Les remboursements sont libérés. Prenez leur fichier, et portez-le à la banque."));
  }

  // -- cancel

  @DeedMapping(CANCEL)
  @Permit(Role.CLERK)
  Deed<Answer<RefundsCancelled>> cancelling(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    RefundEndpoint.ReadOrder order = find(orderId);
    about("Annuler les remboursements " + orderId, ordered(order), Address.of(ONE, orderId), model);
    return new Deed<>(
        "refund-deed",
        List.of(),
        (_, dryRun) -> refunds.cancelRefunds(new RefundOrderId(orderId), dryRun, sent.by()),
        (_, cancelled) ->
            Effect.of("Annuler ces remboursements")
                .line(
                    "De nouveau à rembourser",
                    french.counted(cancelled.answer().creditNotes().size(), "avoir", "avoirs"))
                .dangerous()
                .already(cancelled.already()),
        _ -> new Deed.Done(Address.of(ONE, orderId), "Les remboursements sont annulés."));
  }

  // -- take the file

  @GetMapping(FILE)
  @Permit(Role.CLERK)
  String askForFile(@PathVariable("orderId") String orderId, Model model) {
    showFile(find(orderId), model);
    return "refund-file";
  }

  /**
   * Not a link: whoever takes it is recorded, and from the first time on it is with the bank.
   *
   * @return the file, or the page that says why there is none
   */
  @PostMapping(FILE)
  @Permit(Role.CLERK)
  Object takeFile(Sent sent, @PathVariable("orderId") String orderId, Model model) {
    showFile(find(orderId), model);
    try {
      return refunds.downloadRefundFile(new RefundOrderId(orderId), sent.by());
    } catch (Problem problem) {
      return Deeds.refuse(sent, problem, "refund-file", model);
    }
  }

  private void showFile(RefundEndpoint.ReadOrder order, Model model) {
    model.addAttribute("order", order.order());
    model.addAttribute("what", ordered(order));
    model.addAttribute("files", order.downloads());
    model.addAttribute("back", Address.of(ONE, order.order()));
    model.addAttribute("address", Address.of(FILE, order.order()));
  }

  private RefundEndpoint.ReadOrder find(String orderId) {
    return RefundConfiguration.find(refunds, orderId)
        .orElseThrow(() -> Problem.notFound("the refund order"));
  }

  private String ordered(RefundEndpoint.ReadOrder order) {
    return "%s, par %s"
        .formatted(
            french.money(order.amountCents()),
            french.counted(order.transfers().size(), "virement", "virements"));
  }

  private static void about(String doing, String what, String back, Model model) {
    model.addAttribute("doing", doing);
    model.addAttribute("what", what);
    model.addAttribute("back", back);
  }

  // -- addresses

  public static String order(String creditNote) {
    return Address.of(NEW + "?avoir={avoir}", creditNote);
  }

  static String release(String order) {
    return Address.of(RELEASE, order);
  }

  static String cancel(String order) {
    return Address.of(CANCEL, order);
  }

  static String file(String order) {
    return Address.of(FILE, order);
  }
}
