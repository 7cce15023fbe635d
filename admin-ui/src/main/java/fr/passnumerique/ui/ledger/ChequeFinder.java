package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.histories.ChequeHistories;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.Discretion;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.search.Found;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.CauseWords;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A cheque by its serial or its code, and a carnet, which opens on its first cheque. */
final class ChequeFinder implements Finder {
  /** {@code 00007/3}, and as a cheque names the two: {@code 00007 carnet 3}. */
  private static final Pattern CARNET =
      Pattern.compile("([0-9a-z]{5})(?:\\s*/\\s*|\\s+carnet\\s+)([0-9]{1,6})");

  private final ChequeHistories histories;
  private final LedgerReader ledger;

  ChequeFinder(ChequeHistories histories, LedgerReader ledger) {
    this.histories = histories;
    this.ledger = ledger;
  }

  @Override
  public Stream<Found> find(String typed, Actor reader) {
    Matcher carnet = CARNET.matcher(typed.toLowerCase(Locale.ROOT));
    if (carnet.matches()) {
      return carnet(carnet.group(1), Integer.parseInt(carnet.group(2)), reader);
    }
    Optional<Serial> ofCode = ChequeCode.parse(typed).map(ChequeCode::serial);
    return ofCode.or(() -> Serials.read(typed)).stream()
        .filter(serial -> known(serial, reader).isPresent())
        .flatMap(
            serial ->
                Found.of(
                    Kind.CHEQUE,
                    new CauseWords("Chèque", serial.toString(), page(serial)),
                    "",
                    ofCode.isPresent() ? Matched.CODE : Matched.NUMBER));
  }

  private Stream<Found> carnet(String batch, int number, Actor reader) {
    return issued(batch).stream()
        .flatMap(
            issued -> {
              long first = (number - 1L) * issued.chequesPerCarnet() + 1;
              return number < 1 || first > issued.chequeCount()
                  ? Stream.empty()
                  : Stream.of(new Serial(issued.batch(), (int) first));
            })
        .filter(serial -> known(serial, reader).isPresent())
        .flatMap(
            serial ->
                Found.of(
                    Kind.CARNET,
                    new CauseWords("Carnet", serial.batch() + "/" + number, page(serial)),
                    "premier chèque : " + serial,
                    Matched.NUMBER));
  }

  private Optional<ChequesIssued> issued(String batch) {
    try {
      return ledger
          .tagged(Set.of(Thing.BATCH.tag(Batch.parse(batch).toString())), 0, ledger.head(), 1)
          .stream()
          .map(RecordedFact::fact)
          .filter(ChequesIssued.class::isInstance)
          .map(ChequesIssued.class::cast)
          .findFirst();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<ChequeHistory> known(Serial serial, Actor reader) {
    return histories.find(serial).flatMap(Discretion.of(reader)::apply);
  }

  private static String page(Serial serial) {
    return "/cheques/" + serial;
  }
}
