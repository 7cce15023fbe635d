package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.SignExpiry;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** What a clerk and the funders of an order do at its end, each for its own side. */
@Controller
final class EndingDeeds {
  static final String ANNOUNCEMENT = EndingPages.ONE + "/annonce";
  static final String APPROVAL = EndingPages.ONE + "/approbation";
  static final String ACKNOWLEDGEMENT = EndingPages.ONE + "/prise-d-acte";
  static final String EXPIRY = EndingPages.ONE + "/peremption";
  static final String STATEMENT = EndingPages.ONE + "/etat-contradictoire";

  private final ExpiryEndpoint expiries;
  private final EndingPages pages;
  private final Supplier<Names> names;
  private final French french;

  EndingDeeds(ExpiryEndpoint expiries, EndingPages pages, Supplier<Names> names, French french) {
    this.expiries = expiries;
    this.pages = pages;
    this.names = names;
    this.french = french;
  }

  // -- announce

  @DeedMapping(ANNOUNCEMENT)
  @Permit(Role.CLERK)
  Deed<Answer<ExpiryAnnounced>> announcing(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    return deed(
        sent,
        orderId,
        ExpiryStep.ANNOUNCEMENT,
        (_, dryRun) -> expiries.announceExpiry(EndingPages.order(orderId), dryRun, sent.by()),
        announced -> {
          ExpiryAnnounced.Counts counts = announced.answer().counts();
          return Effect.of("Annoncer la fin")
              .line("À remettre jusqu’au", french.date(announced.answer().endsOn()))
              .line("Émis", cheques(counts.issued()))
              .line("Livrés", cheques(counts.delivered()))
              .line("Remis au public", cheques(counts.handedOut()))
              .line("Utilisés", cheques(counts.redeemed()))
              .afterwards(
                  "Les financeurs la voient ; chacun l’approuve à partir de 15 jours avant la"
                      + " fin.");
        },
        "La fin est annoncée aux financeurs.",
        model);
  }

  // -- expire

  @DeedMapping(EXPIRY)
  @Permit(Role.CLERK)
  Deed<Answer<ChequesExpired>> expiring(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    return deed(
        sent,
        orderId,
        ExpiryStep.EXPIRY,
        (_, dryRun) -> expiries.expireCheques(EndingPages.order(orderId), dryRun, sent.by()),
        expired -> expiring(expired.answer(), french),
        "Les chèques non utilisés sont périmés.",
        model);
  }

  static Effect expiring(ChequesExpired expired, French french) {
    int cheques = expired.parts().stream().mapToInt(ChequesExpired.Part::cheques).sum();
    long dueBackCents = expired.dueBack().stream().mapToLong(FundedCents::cents).sum();
    return Effect.of("Périmer ces chèques")
        .line("Ne seront plus acceptés", french.counted(cheques, "chèque", "chèques"))
        .line("À restituer aux financeurs", french.money(dueBackCents))
        .lineIf(
            expired.opposedOrWaivedCents() > 0,
            "Dont opposés ou renoncés",
            french.money(expired.opposedOrWaivedCents()))
        .afterwards("Les deux parties signent ensuite l’état contradictoire.")
        .dangerous();
  }

  // -- sign

  @DeedMapping(APPROVAL)
  @Permit(Role.FUNDER)
  Deed<Answer<SignExpiry.Signed>> approving(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    return signing(sent, orderId, ExpiryStep.APPROVAL, model);
  }

  @DeedMapping(ACKNOWLEDGEMENT)
  @Permit(Role.FUNDER)
  Deed<Answer<SignExpiry.Signed>> acknowledging(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    return signing(sent, orderId, ExpiryStep.ACKNOWLEDGEMENT, model);
  }

  @DeedMapping(STATEMENT)
  @Permit({Role.CLERK, Role.FUNDER})
  Deed<Answer<SignExpiry.Signed>> signing(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    return signing(sent, orderId, ExpiryStep.STATEMENT, model);
  }

  private Deed<Answer<SignExpiry.Signed>> signing(
      Sent sent, String orderId, ExpiryStep step, Model model) {
    return deed(
        sent,
        orderId,
        step,
        (_, dryRun) ->
            expiries.signExpiry(
                EndingPages.order(orderId),
                new ExpiryEndpoint.SignatureBody(step),
                dryRun,
                sent.by()),
        signed ->
            switch (step) {
              case APPROVAL ->
                  Effect.of("Approuver la fin")
                      .line("Vous signez", "Que cette commande prend fin à sa date")
                      .afterwards(
                          "Quand tous les financeurs ont approuvé, les prescripteurs cessent de"
                              + " distribuer ces chèques.");
              case ACKNOWLEDGEMENT ->
                  Effect.of("Prendre acte de la fin")
                      .line("Vous signez", "Que vous avez pris acte de cette fin");
              default ->
                  new StatementToSign(
                          expiries.readOrderExpiry(EndingPages.order(orderId), sent.by()),
                          sent.by(),
                          signed.answer().creditNotes(),
                          names.get()::funder,
                          french)
                      .effect();
            },
        "Votre signature est enregistrée.",
        model);
  }

  // -- what all have in common

  private <A> Deed<Answer<A>> deed(
      Sent sent,
      String orderId,
      ExpiryStep step,
      Deed.Operation<Answer<A>> operation,
      Function<Answer<A>, Effect> effect,
      String done,
      Model model) {
    model.addAttribute("ending", pages.sheet(orderId, sent.by()));
    model.addAttribute("step", EndingSheet.words(step));
    return new Deed<>(
        "ending-step",
        List.of(),
        operation,
        (_, answer) -> effect.apply(answer).already(answer.already()),
        answer ->
            new Deed.Done(
                EndingPages.page(orderId),
                answer.already() ? "C’était déjà enregistré : rien n’est fait deux fois." : done));
  }

  private String cheques(int count) {
    return french.counted(count, "chèque", "chèques");
  }
}
