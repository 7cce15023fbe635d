package fr.passnumerique.clearing.bank;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Writes statements and notifications as a bank does that follows the standard. */
final class Camt {
  private final String message;
  private final String id;
  private final List<String> entries = new ArrayList<>();
  private String balances = "";
  private String iban = BankWorld.IBAN;
  private String file = "";
  private long sum;

  private Camt(String message, String id) {
    this.message = message;
    this.id = id;
  }

  static Camt statement(String id, String from, String to, long openingCents) {
    Camt camt = new Camt("053", id);
    camt.balances = "%s|%s|%d".formatted(from, to, openingCents);
    return camt;
  }

  static Camt notification(String id) {
    return new Camt("054", id);
  }

  Camt of(String otherIban) {
    iban = otherIban;
    return this;
  }

  /** In another message than the one of its own name. */
  Camt told(String msgId) {
    file = msgId;
    return this;
  }

  /** A booked entry of one payment. */
  Camt entry(String reference, String bookedOn, long cents, String endToEnd, String text) {
    return entry(reference, bookedOn, cents, endToEnd, text, "");
  }

  /** A credit that is one of our transfers come back. */
  Camt returned(String reference, String bookedOn, long cents, String endToEnd, String reason) {
    return entry(
        reference,
        bookedOn,
        cents,
        endToEnd,
        "",
        "<RtrInf><Rsn><Cd>" + reason + "</Cd></Rsn></RtrInf>");
  }

  private Camt entry(
      String reference, String bookedOn, long cents, String endToEnd, String text, String more) {
    sum += cents;
    entries.add(
        """
        <Ntry>%s<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%s</Dt></BookgDt><ValDt><Dt>%s</Dt></ValDt>%s
        <NtryDtls><TxDtls>%s%s%s</TxDtls></NtryDtls></Ntry>
        """
            .formatted(
                amount(cents),
                bookedOn,
                bookedOn,
                reference.isEmpty() ? "" : "<AcctSvcrRef>" + reference + "</AcctSvcrRef>",
                endToEnd.isEmpty() ? "" : "<Refs><EndToEndId>" + endToEnd + "</EndToEndId></Refs>",
                text.isEmpty() ? "" : "<RmtInf><Ustrd>" + text + "</Ustrd></RmtInf>",
                more));
    return this;
  }

  /**
   * A booked entry of several payments.
   *
   * @param payments cents and text of each, as {@code "600 creuse-2026 anct"}; none if the bank
   *     does not tell them
   */
  Camt batch(String reference, String bookedOn, long cents, String... payments) {
    StringBuilder details = new StringBuilder();
    for (String payment : payments) {
      String[] parts = payment.split(" ", 2);
      details.append(
          "<TxDtls>%s<RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls>"
              .formatted(amount(Long.parseLong(parts[0])), parts[1]));
    }
    return raw(
        cents,
        "<Ntry>%s<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%s</Dt></BookgDt><AcctSvcrRef>%s</AcctSvcrRef>"
                .formatted(amount(cents), bookedOn, reference)
            + (payments.length == 0
                ? "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>"
                : "<NtryDtls>%s</NtryDtls>".formatted(details))
            + "</Ntry>");
  }

  /** The bank takes back an entry of its own. */
  Camt takenBack(String reference, String bookedOn, long cents, String endToEnd) {
    entry(reference, bookedOn, cents, endToEnd, "");
    entries.add(
        entries.removeLast().replace("</CdtDbtInd>", "</CdtDbtInd><RvslInd>true</RvslInd>"));
    return this;
  }

  /** An entry as it is, whose cents are counted. */
  Camt raw(long cents, String entry) {
    sum += cents;
    entries.add(entry);
    return this;
  }

  static String amount(long cents) {
    return "<Amt Ccy=\"EUR\">%s</Amt><CdtDbtInd>%s</CdtDbtInd>"
        .formatted(
            BigDecimal.valueOf(Math.abs(cents), 2).toPlainString(), cents >= 0 ? "CRDT" : "DBIT");
  }

  String xml() {
    String statement = message.equals("053") ? "Stmt" : "Ntfctn";
    String body = message.equals("053") ? "BkToCstmrStmt" : "BkToCstmrDbtCdtNtfctn";
    StringBuilder told = new StringBuilder();
    if (!balances.isEmpty()) {
      String[] parts = balances.split("\\|", -1);
      long opening = Long.parseLong(parts[2]);
      told.append(
          "<FrToDt><FrDtTm>%sT00:00:00+02:00</FrDtTm><ToDtTm>%sT23:59:59+02:00</ToDtTm></FrToDt>"
              .formatted(parts[0], parts[1]));
      told.append("<Acct><Id><IBAN>%s</IBAN></Id><Ccy>EUR</Ccy></Acct>".formatted(iban));
      told.append(balance("OPBD", opening, parts[0]));
      told.append(balance("CLBD", opening + sum, parts[1]));
    } else {
      told.append("<Acct><Id><IBAN>%s</IBAN></Id><Ccy>EUR</Ccy></Acct>".formatted(iban));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.%s.001.08"><%s>
    <GrpHdr><MsgId>%s</MsgId><CreDtTm>2026-04-02T08:00:00+02:00</CreDtTm></GrpHdr>
    <%s><Id>%s</Id>%s
    %s</%s></%s></Document>
    """
        .formatted(
            message,
            body,
            file.isEmpty() ? id : file,
            statement,
            id,
            told,
            String.join("", entries),
            statement,
            body);
  }

  byte[] bytes() {
    return xml().getBytes(UTF_8);
  }

  private static String balance(String type, long cents, String day) {
    return "<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp>%s<Dt><Dt>%s</Dt></Dt></Bal>"
        .formatted(type, amount(cents), day);
  }
}
