package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.OpenDay;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.reversal.CreditRecovered;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.venues.VenuesImported;
import fr.passnumerique.clearing.venues.VenuesLabelled;
import fr.passnumerique.loadtest.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The engine's answers in the model's words. */
final class Answers {
  private Answers() {}

  static Told told(Object answer, boolean again) {
    String text =
        switch (answer) {
          case OpenDay.Opened opened -> opened.day().toString();
          case ChequesReplaced replaced -> "batch " + replaced.batch().number();
          case ChequesIssued issued -> "batch " + issued.batch().number();
          case SlipJudged slip -> verdicts(slip);
          case SettlementRunOpened run -> transfers(run);
          case ChequesDelivered _, VenuesImported _, VenuesLabelled _ -> "";
          case Reversal reversal -> ReversalWords.text(reversal);
          case DecideContest.Decided decided -> ReversalWords.text(decided);
          case DebitNoteIssued note -> "asks " + note.cents();
          case DebitNotePaid note -> "paid " + note.cents();
          case CreditRecovered.Credited credited -> ReversalWords.text(credited);
          default -> "";
        };
    return again ? Told.again(text) : Told.done(text);
  }

  static String verdicts(SlipJudged slip) {
    List<String> verdicts = new ArrayList<>();
    for (SlipJudged.Line line : slip.lines()) {
      int number = verdicts.size() + 1;
      boolean conflict =
          line.rejected().isEmpty()
              && slip.conflicts().stream().anyMatch(one -> one.line() == number);
      verdicts.add(
          line.verdict()
              + line.on().map(day -> "@" + day).orElse("")
              + (conflict ? "+conflict" : "")
              + (slip.waivedLines().contains(number) ? "+waived" : ""));
    }
    return String.join(" ", verdicts);
  }

  private static String transfers(SettlementRunOpened run) {
    StringBuilder text = new StringBuilder();
    run.transfers()
        .forEach(t -> text.append(t.transfer()).append('=').append(t.amountCents()).append(' '));
    text.append("unpayable=").append(run.unpayable());
    for (Netting netting : run.nettings()) {
      text.append(" netted ").append(netting.venue()).append('=').append(netting.cents());
      text.append(" with ").append(netting.transfer().map(TransferId::value).orElse("none"));
    }
    run.belowMinimum()
        .forEach(
            one -> text.append(" carried ").append(one.venue()).append('=').append(one.cents()));
    Map<String, Long> doubted = new TreeMap<>();
    run.inDoubt().forEach(one -> doubted.merge(one.venue().value(), one.cents(), Long::sum));
    doubted.forEach(
        (venue, cents) -> text.append(" doubted ").append(venue).append('=').append(cents));
    return text.toString();
  }
}
