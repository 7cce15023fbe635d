package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalDropped;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.ReversalUpheld;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.Optional;

/** What facts say of lines that are reversed, and of getting their money back. */
final class ToldReversals {
  private static final int CHEQUES = 20;

  private final Names names;
  private final Actor reader;
  private final French french = new French();

  ToldReversals(Names names, Actor reader) {
    this.names = names;
    this.reader = reader;
  }

  /** Empty of a fact about something else. */
  Optional<Told> of(Fact fact) {
    return Optional.ofNullable(
        switch (fact) {
          case ReversalProposed f ->
              Told.of(
                      "%s, %s : %s. Attend une seconde personne."
                          .formatted(
                              names.venue(f.venue().value()),
                              lines(f.lines().size()),
                              ChequeLife.reversedFor(f.reason().name())))
                  .about(f.cents())
                  .with(reversal(f.reversal(), f.venue()), slip(f.venue(), f.reference()));
          case LinesReversed f ->
              Told.of(
                      "%s, %s : %s."
                          .formatted(
                              names.venue(f.venue().value()),
                              lines(f.lines().size()),
                              ChequeLife.reversedFor(f.reason().name())),
                      standing(f),
                      "Contestable jusqu’au %s.".formatted(french.date(f.contestUntil())))
                  .about(f.cents())
                  .with(reversal(f.reversal(), f.venue()), slip(f.venue(), f.reference()))
                  .with(
                      f.lines().stream()
                          .limit(CHEQUES)
                          .map(line -> line.cheque().toString())
                          .map(cheque -> new CauseWords("Chèque", cheque, "/cheques/" + cheque))
                          .toArray(CauseWords[]::new))
                  .bad();
          case ReversalContested f ->
              Told.of(
                      "%s ne rend rien avant qu’il soit statué."
                          .formatted(names.venue(f.venue().value())))
                  .with(reversal(f.reversal(), f.venue()));
          case ReversalUpheld f ->
              Told.of("Ce qui est dû le reste.").with(reversal(f.reversal(), f.venue()));
          case ReversalDropped f ->
              Told.of("Personne ne l’a confirmé : ses lignes restent acceptées.")
                  .with(reversal(f.reversal(), f.venue()));
          case ReversalLifted f ->
              Told.of("Les lignes comptent de nouveau comme acceptées ; aucun chèque ne ressert.")
                  .with(reversal(f.reversal(), f.venue()), slip(f.venue(), f.reference()))
                  .good();
          case DebitNoteIssued f ->
              Told.of(
                      "%s, pour %s."
                          .formatted(names.venue(f.venue().value()), lines(f.lines().size())),
                      f.reference().map(id -> "Référence de paiement %s.".formatted(id)).orElse(""))
                  .about(f.cents())
                  .with(Thing.DEBIT_NOTE.link(f.debitNote().value(), reader, own(f.venue())))
                  .with(
                      f.lines().stream()
                          .map(DebitNoteIssued.Line::reversal)
                          .distinct()
                          .map(id -> reversal(id, f.venue()))
                          .toArray(CauseWords[]::new));
          case DebitNotePaid f ->
              Told.of(
                      f.entry().isPresent()
                          ? "%s.".formatted(names.venue(f.venue().value()))
                          : "%s. Saisi par un agent ; le relevé de la banque le prouve ensuite."
                              .formatted(names.venue(f.venue().value())))
                  .about(f.cents())
                  .by(f.entry())
                  .with(Thing.DEBIT_NOTE.link(f.debitNote().value(), reader, own(f.venue())))
                  .good();
          case DebitNotePaymentTakenBack f ->
              Told.of(
                      "%s : le montant est de nouveau demandé."
                          .formatted(names.venue(f.venue().value())),
                      f.reason().map(ToldReversals::why).orElse(""))
                  .about(f.cents())
                  .by(f.entry())
                  .with(Thing.DEBIT_NOTE.link(f.debitNote().value(), reader, own(f.venue())))
                  .bad();
          default -> null;
        });
  }

  private boolean own(VenueId venue) {
    return reader.role() == Role.VENUE && venue.value().equals(reader.subject());
  }

  private CauseWords reversal(ReversalId reversal, VenueId venue) {
    return Thing.REVERSAL.link(reversal.value(), reader, own(venue));
  }

  private CauseWords slip(VenueId venue, SlipReference reference) {
    return CauseWords.slip(venue.value(), reference.value(), reader);
  }

  private String lines(int count) {
    return french.counted(count, "ligne", "lignes");
  }

  /** Where the money of the lines was. */
  private String standing(LinesReversed reversed) {
    long owed = cents(reversed, ReversedLine.Standing.OWED);
    long claimed = reversed.cents() - owed;
    if (claimed == 0) {
      return "Rien n’était payé : la somme revient tout de suite aux financeurs.";
    }
    return owed == 0
        ? "La somme est réclamée au lieu : ses prochains règlements la compensent."
        : "%s n’étaient pas payés, %s sont réclamés au lieu."
            .formatted(french.money(owed), french.money(claimed));
  }

  private static long cents(LinesReversed reversed, ReversedLine.Standing standing) {
    return reversed.lines().stream()
        .filter(line -> line.standing() == standing)
        .mapToLong(ReversedLine::cents)
        .sum();
  }

  private static String why(DebitNotePaymentTakenBack.Reason reason) {
    return switch (reason) {
      case WRONG_NOTE -> "Saisi par un agent pour une autre note de débit.";
      case LESS_CAME -> "Saisi par un agent, il est venu moins.";
      case NEVER_CAME -> "Annoncé et saisi par un agent, jamais arrivé.";
      case OTHER -> "Saisi par un agent, jamais montré par la banque.";
    };
  }
}
