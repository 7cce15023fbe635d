package fr.passnumerique.loadtest.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Action.Booking;
import fr.passnumerique.loadtest.model.Action.Note;
import fr.passnumerique.loadtest.model.Action.Report;
import fr.passnumerique.loadtest.model.Action.Status;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/** Writes what the bank says as it would: camt.053, camt.054 and pain.002. */
final class BankPaper {
  static final String IBAN = "FR7630006000011234567890189";
  private static final String ANOTHER = "FR7630006000019876543210189";
  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:";

  private final Books books;

  BankPaper(Books books) {
    this.books = books;
  }

  /** The same bytes for the same file. */
  byte[] write(Action.ImportFile file) {
    String body =
        file.reports().isEmpty()
            ? document("pain.002.001.10", statuses(file))
            : reports(file, file.reports().getFirst().statement());
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body).getBytes(UTF_8);
  }

  private static String document(String message, String body) {
    return "<Document xmlns=\"%s%s\">%s</Document>".formatted(NAMESPACE, message, body);
  }

  private static String in(String name, Object content) {
    return "<%1$s>%2$s</%1$s>".formatted(name, content);
  }

  private static String header(Action.ImportFile file, LocalDate on) {
    return in("GrpHdr", in("MsgId", file.file()) + in("CreDtTm", on + "T08:00:00"));
  }

  private String reports(Action.ImportFile file, boolean statement) {
    StringBuilder all = new StringBuilder(header(file, file.reports().getFirst().to()));
    for (Report report : file.reports()) {
      all.append(in(statement ? "Stmt" : "Ntfctn", report(file, report)));
    }
    return statement
        ? document("camt.053.001.08", in("BkToCstmrStmt", all))
        : document("camt.054.001.08", in("BkToCstmrDbtCdtNtfctn", all));
  }

  private String report(Action.ImportFile file, Report report) {
    String iban = file.flaw().equals("ANOTHER_ACCOUNT") ? ANOTHER : IBAN;
    StringBuilder all = new StringBuilder(in("Id", report.report()));
    if (report.statement()) {
      all.append(
          in(
              "FrToDt",
              in("FrDtTm", report.from() + "T00:00:00") + in("ToDtTm", report.to() + "T23:59:59")));
    }
    all.append(in("Acct", in("Id", in("IBAN", iban)) + in("Ccy", "EUR")));
    if (report.statement()) {
      long wrong = file.flaw().equals("SUMS_DO_NOT_ADD_UP") ? 1 : 0;
      all.append(balance("OPBD", report.opening(), report.from()));
      all.append(balance("CLBD", report.closing() + wrong, report.to()));
    }
    report.bookings().forEach(booking -> all.append(in("Ntry", entry(booking))));
    return all.toString();
  }

  private static String balance(String type, long cents, LocalDate on) {
    return in(
        "Bal", in("Tp", in("CdOrPrtry", in("Cd", type))) + amount(cents) + in("Dt", in("Dt", on)));
  }

  private static String amount(long cents) {
    return "<Amt Ccy=\"EUR\">%s</Amt>".formatted(euros(Math.abs(cents)))
        + in("CdtDbtInd", cents < 0 ? "DBIT" : "CRDT");
  }

  private static String euros(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  private String entry(Booking booking) {
    return amount(booking.cents())
        + (booking.note().kind().equals("REVERSAL") ? in("RvslInd", "true") : "")
        + in("Sts", in("Cd", "BOOK"))
        + in("BookgDt", in("Dt", booking.bookedOn()))
        + in("ValDt", in("Dt", booking.valueOn()))
        + (booking.reference().isEmpty() ? "" : in("AcctSvcrRef", booking.reference()))
        + in("NtryDtls", details(booking));
  }

  private String details(Booking booking) {
    if (booking.note().kind().equals("RUN")) {
      return in("Btch", in("NbOfTxs", 2));
    }
    return booking.batch().isEmpty() ? in("TxDtls", payment(booking)) : payments(booking);
  }

  private String payments(Booking booking) {
    StringBuilder all = new StringBuilder();
    for (Action.Paid paid : booking.batch()) {
      all.append(
          in(
              "TxDtls",
              in("Refs", in("EndToEndId", books.transfer(paid.transfer())))
                  + amount(-paid.cents())));
    }
    return all.toString();
  }

  private String payment(Booking booking) {
    Note note = booking.note();
    boolean ours = note.kind().equals("TRANSFER") || note.kind().equals("RETURN");
    String endToEnd = ours ? books.transfer(note.of()) : "PAY-" + booking.number();
    String text =
        switch (note.kind()) {
          case "SHARE" -> "Convention %s, %s".formatted(note.agreement(), note.funder());
          case "AGREEMENT" -> "Convention " + note.agreement();
          case "RECEIPT" -> "Versement " + note.of();
          default -> "";
        };
    String remittance = text.isEmpty() ? "" : in("Ustrd", text);
    if (note.kind().equals("CALL")) {
      remittance = in("Strd", in("CdtrRefInf", in("Ref", books.callReference(note.of()))));
    }
    if (note.kind().equals("DEBIT_NOTE")) {
      remittance = in("Strd", in("CdtrRefInf", in("Ref", books.debitNoteReference(note.of()))));
    }
    return in("Refs", in("EndToEndId", endToEnd))
        + (note.funder().isEmpty()
            ? ""
            : in("RltdPties", in("Dbtr", in("Pty", in("Nm", note.funder())))))
        + (remittance.isEmpty() ? "" : in("RmtInf", remittance))
        + (note.kind().equals("RETURN") ? in("RtrInf", in("Rsn", in("Cd", "AC04"))) : "");
  }

  private String statuses(Action.ImportFile file) {
    Status first = file.statuses().getFirst();
    StringBuilder payments = new StringBuilder();
    for (Status status : file.statuses()) {
      if (!status.transfer().isEmpty()) {
        payments.append(in("TxInfAndSts", status(status)));
      }
    }
    boolean whole = payments.isEmpty();
    String group =
        in("OrgnlMsgId", message(first.run()))
            + (whole && first.cents() >= 0 ? in("OrgnlCtrlSum", euros(first.cents())) : "")
            + (whole ? in("GrpSts", first.code()) + reason(first) : "");
    return in(
        "CstmrPmtStsRpt",
        header(file, first.on())
            + in("OrgnlGrpInfAndSts", group)
            + (whole ? "" : in("OrgnlPmtInfAndSts", in("OrgnlPmtInfId", "P") + payments)));
  }

  /** By which the bank knows the file: a run's name, or a digest of a refund order's. */
  private String message(String order) {
    if (!books.isRefundOrder(order)) {
      return order;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(("refund|" + order).getBytes(UTF_8));
      return "RB" + HexFormat.of().withUpperCase().formatHex(digest, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String status(Status status) {
    return in("OrgnlEndToEndId", books.transfer(status.transfer()))
        + in("TxSts", status.code())
        + reason(status)
        + (status.cents() < 0
            ? ""
            : in(
                "OrgnlTxRef",
                in("Amt", "<InstdAmt Ccy=\"EUR\">%s</InstdAmt>".formatted(euros(status.cents())))));
  }

  private static String reason(Status status) {
    return status.reason().isEmpty() ? "" : in("StsRsnInf", in("Rsn", in("Cd", status.reason())));
  }
}
