package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.PrintedCodes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cheques on sheets of A4, ten at most, each always on the same place: a carnet of ten is a sheet,
 * and two carnets of five are one. So a sheet that was spoilt is printed again by its ordinals.
 *
 * @param title what they are of
 */
record ChequeSheets(String title, List<Sheet> sheets) {
  private static final int PLACES = 10;

  record Sheet(List<Cheque> cheques) {}

  /**
   * What cheques that are printed together say alike.
   *
   * @param programme its public name
   * @param handedOutOn null if they are not handed out, or that is nothing to those who print them
   */
  record Face(
      String programme,
      long faceValueCents,
      int validityDays,
      LocalDate endsOn,
      int perCarnet,
      @Nullable LocalDate handedOutOn) {
    static Face of(ChequesIssued issued, String programme, @Nullable LocalDate handedOutOn) {
      return new Face(
          programme,
          issued.faceValueCents(),
          issued.validityDays(),
          issued.endsOn(),
          issued.chequesPerCarnet(),
          handedOutOn);
    }
  }

  /**
   * @param code the secret included
   * @param place on the sheet, from 0, row by row
   * @param carnet number in the batch, from 1
   * @param number in the carnet, from 1
   */
  record Cheque(Face face, String serial, String code, int place, int carnet, int number) {}

  static List<Sheet> of(PrintedCodes codes, Face face) {
    return of(codes.first(), codes.last(), codes::code, face);
  }

  /**
   * @param first ordinal
   * @param last ordinal, inclusive
   */
  static List<Sheet> of(int first, int last, IntFunction<ChequeCode> codes, Face face) {
    int perCarnet = face.perCarnet();
    int carnetsOfSheet = Math.max(1, PLACES / perCarnet);
    int sheetsOfCarnet = (perCarnet + PLACES - 1) / PLACES;
    Map<Integer, List<Cheque>> sheets = new TreeMap<>();
    for (int ordinal = first; ordinal <= last; ordinal++) {
      int carnet = (ordinal - 1) / perCarnet;
      int inCarnet = (ordinal - 1) % perCarnet;
      int sheet = carnet / carnetsOfSheet * sheetsOfCarnet + inCarnet / PLACES;
      int place = carnet % carnetsOfSheet * perCarnet + inCarnet % PLACES;
      ChequeCode code = codes.apply(ordinal);
      sheets
          .computeIfAbsent(sheet, _ -> new ArrayList<>())
          .add(
              new Cheque(
                  face, code.serial().toString(), code.printed(), place, carnet + 1, inCarnet + 1));
    }
    return sheets.values().stream().map(Sheet::new).toList();
  }
}
