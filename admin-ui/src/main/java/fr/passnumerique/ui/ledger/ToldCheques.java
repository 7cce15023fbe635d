package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.OppositionProposed;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.FactWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.Optional;

/** What facts say of cheques, from their order to its end. */
final class ToldCheques {
  private final Names names;
  private final Actor reader;
  private final French french = new French();

  ToldCheques(Names names, Actor reader) {
    this.names = names;
    this.reader = reader;
  }

  /** Empty of a fact about something else. */
  Optional<Told> of(Fact fact) {
    return Optional.ofNullable(
        switch (fact) {
          case ChequesIssued f ->
              Told.of(
                      "%s de %s, par carnets de %d, pour la convention %s."
                          .formatted(
                              cheques(f.chequeCount()),
                              french.money(f.faceValueCents()),
                              f.chequesPerCarnet(),
                              f.agreement()),
                      Told.shares(f.shares(), names))
                  .about(f.faceValueCents() * f.chequeCount())
                  .with(
                      Thing.ORDER.link(f.order().value(), reader),
                      Thing.BATCH.link(f.batch().toString(), reader));
          case ChequesActivated f ->
              Told.of(
                      "Chèques %s à %s : leur valeur est mise de côté sur le compte cantonné."
                          .formatted(french.count(f.firstOrdinal()), french.count(f.lastOrdinal())),
                      Told.shares(f.shares(), names))
                  .about(Told.sum(f.shares()))
                  .with(
                      Thing.ACTIVATION.link(f.activation().value(), reader),
                      Thing.BATCH.link(f.batch().toString(), reader));
          case ChequesDelivered f ->
              Told.of(
                      "%s : %s."
                          .formatted(names.prescriber(f.prescriber().value()), range(f.cheques())))
                  .about(Told.sum(f.shares()))
                  .with(
                      Thing.DELIVERY.link(f.delivery().value(), reader),
                      Thing.BATCH.link(f.cheques().batch().toString(), reader));
          case ChequesHandedOut f ->
              Told.of(
                      "%s, à une personne : %s."
                          .formatted(names.prescriber(f.prescriber().value()), ranges(f.cheques())))
                  .about(Told.sum(f.shares()))
                  .with(Thing.HAND_OUT.link(f.prescriber().value(), f.handOut().value(), reader))
                  .with(batches(f.cheques()));
          case HandOutCorrected f ->
              Told.of(
                      "Remis par erreur, de nouveau dans son stock : %s, %s."
                          .formatted(names.prescriber(f.prescriber().value()), ranges(f.cheques())))
                  .about(Told.sum(f.shares()))
                  .with(
                      Thing.CORRECTION.link(f.prescriber().value(), f.correction().value(), reader))
                  .with(batches(f.cheques()));
          case StockReturned f ->
              Told.of(
                      "%s : %s."
                          .formatted(names.prescriber(f.prescriber().value()), ranges(f.cheques())))
                  .about(Told.sum(f.shares()))
                  .with(
                      Thing.CORRECTION.link(f.prescriber().value(), f.correction().value(), reader))
                  .with(batches(f.cheques()));
          case OppositionProposed f ->
              Told.of(
                      "%s : %s. Attend une seconde personne."
                          .formatted(FactWords.reason(f.reason()), ranges(f.asked())))
                  .with(Thing.OPPOSITION.link(f.opposition().value(), reader))
                  .with(batches(f.asked()));
          case ChequesOpposed f ->
              Told.of(
                      "%s : %s.".formatted(FactWords.reason(f.reason()), ranges(f.asked())),
                      f.accepted().isEmpty()
                          ? ""
                          : "Déjà acceptés, et payés : %s.".formatted(ranges(f.accepted())),
                      f.dueBack().isEmpty()
                          ? ""
                          : "À restituer : " + Told.shares(f.dueBack(), names))
                  .about(Told.sum(f.dueBack()))
                  .with(Thing.OPPOSITION.link(f.opposition().value(), reader))
                  .with(batches(f.asked()))
                  .bad();
          case ChequesReplaced f ->
              Told.of(
                      "%s, remplacés un à un par ceux du lot %s."
                          .formatted(cheques(f.replaced().size()), f.batch()))
                  .about(Told.sum(f.titles()))
                  .with(
                      Thing.ORDER.link(f.replacement().value(), reader),
                      Thing.BATCH.link(f.batch().toString(), reader))
                  .with(
                      f.replaced().stream()
                          .map(Serial::batch)
                          .distinct()
                          .map(batch -> Thing.BATCH.link(batch.toString(), reader))
                          .toArray(CauseWords[]::new));
          case ExpiryAnnounced f ->
              Told.of(
                      "À remettre jusqu’au %s. Émis %s, livrés %s, remis %s, utilisés %s."
                          .formatted(
                              french.date(f.endsOn()),
                              french.count(f.counts().issued()),
                              french.count(f.counts().delivered()),
                              french.count(f.counts().handedOut()),
                              french.count(f.counts().redeemed())))
                  .with(
                      Thing.ORDER.link(f.order().value(), reader),
                      Thing.BATCH.link(f.batch().toString(), reader));
          case ExpirySigned f ->
              Told.of(
                      "%s, signé par %s."
                          .formatted(
                              switch (f.step()) {
                                case APPROVAL -> "Accord sur la fin de la commande";
                                case ACKNOWLEDGEMENT -> "Prise d’acte de la fin de la commande";
                                case STATEMENT -> "État contradictoire";
                                default -> f.step().name();
                              },
                              f.funder()
                                  .map(funder -> names.funder(funder.value()))
                                  .orElse("l’opérateur")))
                  .with(Thing.ORDER.link(f.order().value(), reader));
          case ChequesExpired f ->
              Told.of(
                      "%s non utilisés, tolérance finie le %s."
                          .formatted(
                              cheques(
                                  f.parts().stream().mapToInt(ChequesExpired.Part::cheques).sum()),
                              french.date(f.lastDay())),
                      dueBack(f))
                  .about(f.parts().stream().mapToLong(part -> Told.sum(part.titles())).sum())
                  .with(
                      Thing.ORDER.link(f.order().value(), reader),
                      Thing.BATCH.link(f.batch().toString(), reader));
          default -> null;
        });
  }

  private String dueBack(ChequesExpired expired) {
    String shares =
        Told.shares(
            expired.parts().stream().flatMap(part -> part.dueBack().stream()).toList(), names);
    return shares.isEmpty() ? "" : "À restituer : " + shares;
  }

  private CauseWords[] batches(List<ChequeRange> cheques) {
    return cheques.stream()
        .map(ChequeRange::batch)
        .distinct()
        .map(batch -> Thing.BATCH.link(batch.toString(), reader))
        .toArray(CauseWords[]::new);
  }

  private String cheques(int count) {
    return french.counted(count, "chèque", "chèques");
  }

  private String ranges(List<ChequeRange> ranges) {
    int shown = Math.min(4, ranges.size());
    String words = String.join(", ", ranges.subList(0, shown).stream().map(this::range).toList());
    int others = ranges.subList(shown, ranges.size()).stream().mapToInt(ChequeRange::count).sum();
    return others == 0 ? words : words + " et " + french.counted(others, "autre", "autres");
  }

  private String range(ChequeRange range) {
    String first = new Serial(range.batch(), range.first()).toString();
    return range.count() == 1
        ? "chèque " + first
        : "%s, %s à %s"
            .formatted(cheques(range.count()), first, new Serial(range.batch(), range.last()));
  }
}
