package fr.passnumerique.ui.refund;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeRefundBack;
import fr.passnumerique.clearing.bank.TakeRefundBackEndpoint;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.refund.RefundEndpoint;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Deeds;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.settlement.TransferDeeds;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final String REJECT = ONE + "/virements/{transferId}/rejet";
  private static final String NOTE = "/avoirs/{creditNoteId}";
  private static final String RECORD = NOTE + "/remboursement";
  private static final String TAKE_BACK = RECORD + "/retrait";
  private static final String NOTES = "creditNotes";

  private final RefundEndpoint refunds;
  private final ExpiryEndpoint notes;
  private final TakeRefundBackEndpoint takingBack;
  private final Supplier<Names> names;
  private final French french;
  private final Clock clock;

  RefundDeeds(
      RefundEndpoint refunds,
      ExpiryEndpoint notes,
      TakeRefundBackEndpoint takingBack,
      Supplier<Names> names,
      French french,
      Clock clock) {
    this.refunds = refunds;
    this.notes = notes;
    this.takingBack = takingBack;
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
    Doing.show(
        model,
        "Ordonner des remboursements",
        "Un virement par avoir, au compte du financeur. Rien ne part à la banque avant qu’une autre"
            + " personne l’ait libéré.",
        "/a-traiter");
    return new Deed<>(
        Doing.VIEW,
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
        proposed(ticked, Paris.dayOf(clock.instant())),
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

  static Map<String, String> proposed(String ticked, LocalDate today) {
    return Map.of(NOTES, ticked, "order", Field.proposedName("avoirs", today.toString()));
  }

  static List<Field> fieldsOfAnOrder(List<Field.Choice> notes) {
    return List.of(
        Field.choices(NOTES, "Avoirs à rembourser", notes)
            .hint("Ceux que la banque n’a pas encore remboursés."),
        Field.name("order", "Nom de l’ordre", RefundOrderId::new));
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
    Doing.show(
        model, "Libérer les remboursements " + orderId, ordered(order), Address.of(ONE, orderId));
    return new Deed<>(
        Doing.VIEW,
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
    Doing.show(
        model, "Annuler les remboursements " + orderId, ordered(order), Address.of(ONE, orderId));
    return new Deed<>(
        Doing.VIEW,
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

  // -- what a clerk has read of the bank

  @DeedMapping(REJECT)
  @Permit(Role.CLERK)
  Deed<Answer<RefundRejected>> rejecting(
      Sent sent,
      @PathVariable("orderId") String orderId,
      @PathVariable("transferId") String transferId,
      Model model) {
    RefundEndpoint.ReadOrder order = find(orderId);
    Doing.show(
        model,
        "Saisir le rejet du remboursement " + transferId,
        "La banque l’a rejeté. Si elle en a envoyé un statut, importez plutôt son fichier.",
        Address.of(ONE, order.order()));
    return new Deed<>(
        Doing.VIEW,
        TransferDeeds.fieldsOfARejection(),
        (entries, dryRun) ->
            refunds.rejectRefund(
                new RefundOrderId(order.order()),
                new TransferId(transferId),
                new RefundEndpoint.Rejection(entries.day("rejectedOn"), entries.text("reason")),
                dryRun,
                sent.by()),
        (_, rejected) ->
            rejects(rejected.answer(), names.get(), french).already(rejected.already()),
        rejected ->
            new Deed.Done(
                Address.of(NOTE, rejected.answer().creditNote()),
                "Le rejet est enregistré : proposez un autre compte pour le financeur."));
  }

  static Effect rejects(RefundRejected of, Names names, French french) {
    return Effect.of("Saisir ce rejet")
        .line("Financeur", names.funder(of.funder().value()))
        .line("De nouveau à rembourser", "avoir " + of.creditNote())
        .line("Rejeté le", french.date(of.rejectedOn()))
        .line("Motif de la banque", of.reason())
        .afterwards(
            "Le compte du financeur est fermé : un autre est à proposer, puis l’avoir s’ordonne de"
                + " nouveau.")
        .dangerous();
  }

  @DeedMapping(RECORD)
  @Permit(Role.CLERK)
  Deed<Answer<CreditNoteRefunded>> recording(
      Sent sent, @PathVariable("creditNoteId") String creditNote, Model model) {
    CreditNoteId note = new CreditNoteId(find(sent, creditNote).creditNote());
    Doing.show(
        model,
        "Saisir le remboursement de l’avoir " + creditNote,
        "La banque l’a débité du compte. Si son relevé est importé, rapprochez plutôt le"
            + " mouvement.",
        Address.of(NOTE, note));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfARefund(),
        (entries, dryRun) ->
            notes.refundCreditNote(
                note, new ExpiryEndpoint.RefundBody(entries.day("bookedOn")), dryRun, sent.by()),
        (_, refunded) ->
            Effect.of("Enregistrer ce remboursement")
                .line("Financeur", names.get().funder(refunded.answer().funder().value()))
                .line("Remboursé", french.money(refunded.answer().amountCents()))
                .line("Débité le", french.date(refunded.answer().bookedOn()))
                .afterwards("L’avoir compte comme remboursé ; le relevé le prouve ensuite.")
                .already(refunded.already()),
        _ -> new Deed.Done(Address.of(NOTE, note), "Le remboursement est enregistré."));
  }

  static List<Field> fieldsOfARefund() {
    return List.of(
        Field.day("bookedOn", "Débité le").hint("Le jour où la banque l’a comptabilisé."));
  }

  /**
   * @param paidOn the day that it counts as refunded on; empty if nobody has said which
   * @param transfer that was to pay it; empty for none
   */
  @DeedMapping(TAKE_BACK)
  @Permit(Role.CLERK)
  Deed<Answer<TakeRefundBack.TakenBack>> takingBack(
      Sent sent,
      @PathVariable("creditNoteId") String creditNote,
      @RequestParam(name = "jour", defaultValue = "") String paidOn,
      @RequestParam(name = "virement", defaultValue = "") String transfer,
      Model model) {
    ExpiryEndpoint.Note found = find(sent, creditNote);
    CreditNoteId note = new CreditNoteId(creditNote);
    Doing.show(
        model,
        "Retirer le remboursement de l’avoir " + creditNote,
        "Un agent l’a saisi, ou la banque l’a dit exécuté, et elle n’en a pas montré le débit.",
        Address.of(NOTE, note));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfATakingBack(),
        Map.of("paidOn", paidOn, "transfer", transfer),
        (entries, dryRun) ->
            takingBack.takeRefundBack(
                note,
                new TakeRefundBackEndpoint.TakingBack(
                    entries.day("paidOn"),
                    entries.given("transfer").map(TransferId::new),
                    entries.as("reason", RefundTakenBack.Reason::valueOf)),
                dryRun,
                sent.by()),
        (_, taken) ->
            Effect.of("Retirer ce remboursement")
                .line("Financeur", names.get().funder(found.funder()))
                .line("N’est plus remboursé", french.money(found.amountCents()))
                .line("Comptait le", french.date(taken.answer().paidOn()))
                .lineIf(
                    taken.answer().transfer().isPresent(),
                    "Virement",
                    taken.answer().transfer().map(TransferId::value).orElse(""))
                .line("Motif", words(taken.answer().reason()))
                .afterwards(
                    taken.answer().transfer().isPresent()
                        ? "Son virement est de nouveau en cours : l’avoir n’est pas remboursé une"
                            + " seconde fois avant que la banque l’ait rejeté."
                        : "L’avoir est de nouveau à rembourser. Ce jour reste pris.")
                .dangerous()
                .already(taken.already()),
        _ -> new Deed.Done(Address.of(NOTE, note), "Le remboursement est retiré."));
  }

  static List<Field> fieldsOfATakingBack() {
    return List.of(
        Field.day("paidOn", "Remboursé le").hint("Le jour où il compte comme remboursé."),
        Field.choice("reason", "Motif", RefundTakenBack.Reason.values(), RefundDeeds::words),
        Field.name("transfer", "Virement", TransferId::new)
            .hint("Celui qui devait le payer, s’il y en a un.")
            .ifAny());
  }

  private static String words(RefundTakenBack.Reason reason) {
    return switch (reason) {
      case WRONG_NOTE -> "C’est le remboursement d’un autre avoir";
      case REJECTED -> "La banque dit l’avoir rejeté";
      case NEVER_DEBITED -> "Jamais débité du compte";
      case OTHER -> "Autre";
    };
  }

  /** The operation would say so too, but only once there is something to send to it. */
  private ExpiryEndpoint.Note find(Sent sent, String creditNote) {
    return notes.readCreditNotes(sent.by()).creditNotes().stream()
        .filter(note -> note.creditNote().equals(creditNote))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("the credit note"));
  }

  private void showFile(RefundEndpoint.ReadOrder order, Model model) {
    model.addAttribute("order", order.order());
    model.addAttribute("what", ordered(order));
    model.addAttribute("files", order.downloads());
    model.addAttribute("back", Address.of(ONE, order.order()));
    model.addAttribute("address", Address.of(FILE, order.order()));
  }

  private RefundEndpoint.ReadOrder find(String orderId) {
    return refunds.find(orderId).orElseThrow(() -> Problem.notFound("the refund order"));
  }

  private String ordered(RefundEndpoint.ReadOrder order) {
    return "%s, par %s"
        .formatted(
            french.money(order.amountCents()),
            french.counted(order.transfers().size(), "virement", "virements"));
  }

  // -- addresses

  public static String order(String creditNote) {
    return Address.of(NEW + "?avoir={avoir}", creditNote);
  }

  static String record(String creditNote) {
    return Address.of(RECORD, creditNote);
  }

  static String takeBack(String creditNote, LocalDate paidOn, Optional<TransferId> transfer) {
    return Address.of(
        TAKE_BACK + "?jour={jour}&virement={virement}",
        creditNote,
        paidOn,
        transfer.map(TransferId::value).orElse(""));
  }

  static String reject(String order, TransferId transfer) {
    return Address.of(REJECT, order, transfer);
  }

  static String page(String order) {
    return Address.of(ONE, order);
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
