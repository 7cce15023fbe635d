package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.WindDownQuery;
import fr.passnumerique.projections.export.ExportedStory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A real ledger, exported, good and changed. */
class VerifyLedgerIT {
  private static ExportedStory story;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws InterruptedException {
    story = new ExportedStory();
  }

  @AfterAll
  static void end() {
    story.close();
  }

  @Test
  void whatTheEngineRecordedAndPublishedHolds() throws IOException {
    Path export = Files.write(directory.resolve("whole.ndjson"), story.whole(true));
    Said said = verify(export.toString());

    assertThat(said.text).contains("All that was checked holds.");
    assertThat(said.exit).isZero();
    assertThat(said.text).contains("proven      the ledger has what each of 1 statements");
    assertThat(verify(export.toString(), "--proven").exit).isZero();
    String head = said.text.replaceAll("(?s).*last hash (\\S+).*", "$1");
    assertThat(verify(export.toString(), "--head", head).exit).isZero();
    assertThat(verify(export.toString(), "--head", story.head() + ":" + head).exit).isZero();
  }

  /**
   * Chain, postings, each balance, splits, credit notes and accounts of payees, by somebody who has
   * the document alone.
   */
  @Test
  void whoeverImplementsTheDocumentComesToTheSame() throws IOException {
    DocumentedReader reader = new DocumentedReader(Files.readString(Path.of("../docs/format.md")));
    assertThat(reader.read(story.whole(true))).isEqualTo((int) story.head());
    // Splits and payees; this story has no credit note.
    assertThat(reader.held().getFirst()).isPositive();
    assertThat(reader.held().getLast()).isPositive();
  }

  @Test
  void aRangeAndAFundersShareHoldAsFarAsTheyCanTell() throws IOException {
    Said range = verify(Files.write(directory.resolve("r"), story.range(9, 20)).toString());
    assertThat(range.exit).isZero();
    assertThat(range.text).contains("not checked cover holds", "export from position 1");
    assertThat(range.text)
        .contains("in part     who began something", "in part     services are of");

    Said share = verify(Files.write(directory.resolve("s"), story.share("anct")).toString());
    assertThat(share.text).contains("holds       each balance is what was published");
    assertThat(share.text)
        .contains("in part     who began something", "in part     services are of");
    assertThat(share.exit).isZero();
  }

  @Test
  void ofAnotherHeadTheOneWhoKeptItIsTold() throws IOException {
    Path export = Files.write(directory.resolve("whole.ndjson"), story.whole(false));
    Said said = verify(export.toString(), "--head", "7:" + "ab".repeat(32));
    assertThat(said.exit).isEqualTo(1);
    assertThat(said.text).contains("HEAD position 7", "holds up to position 6");
  }

  /** What was kept and the export cannot tell would otherwise seem to hold. */
  @Test
  void whatWasKeptIsComparedOrItIsSaidThatItCannotBe() throws IOException {
    Path range = Files.write(directory.resolve("range.ndjson"), story.range(9, 20));
    Path whole = Files.write(directory.resolve("whole.ndjson"), story.whole(false));
    List<String> lines = Files.readAllLines(whole);
    String eighth = lines.get(8).replaceAll(".*\"hash\":\"([0-9a-f]{64})\".*", "$1");

    assertThat(verify(range.toString(), "--head", "8:" + eighth).exit).isZero();
    Said other = verify(range.toString(), "--head", "8:" + "ab".repeat(32));
    assertThat(other.exit).isEqualTo(1);
    assertThat(other.text).contains("HEAD position 8: hashBefore is");
    Said earlier = verify(range.toString(), "--head", "5:" + "ab".repeat(32));
    assertThat(earlier.exit).isEqualTo(1);
    assertThat(earlier.text).contains("begins at position 9, a hash was kept of position 5");

    String balances = kept(AccountsProjections.read(story.database().reader()));
    assertThat(verify(whole.toString(), "--balances", balances).exit).isZero();
    Path share = Files.write(directory.resolve("share.ndjson"), story.share("anct"));
    for (Path part : List.of(range, share)) {
      Said said = verify(part.toString(), "--balances", balances);
      assertThat(said.exit).isEqualTo(1);
      assertThat(said.text).contains("the export is a range or a share");
    }
  }

  @Test
  void everyAmountThatWasShownIsComputedAgain() throws IOException {
    String whole = Files.write(directory.resolve("whole.ndjson"), story.whole(false)).toString();
    for (Object shown :
        List.of(
            AccountsProjections.read(story.database().reader()),
            new WindDownQuery(story.database().reader()).read(AsOf.NOW))) {
      Path file = Path.of(kept(shown));
      Said good = verify(whole, "--balances", file.toString());
      assertThat(good.exit).as(good.text).isZero();
      assertThat(good.text).contains("holds       each balance is what was published");
      String json = Files.readString(file);
      Matcher amount = Pattern.compile("[cC]ents\":(-?\\d+)").matcher(json);
      int amounts = 0;
      while (amount.find()) {
        amounts++;
        long wrong = Long.parseLong(amount.group(1)) + 1;
        Files.writeString(
            file, json.substring(0, amount.start(1)) + wrong + json.substring(amount.end(1)));
        assertThat(verify(whole, "--balances", file.toString()).exit)
            .as(json.substring(Math.max(0, amount.start() - 200), amount.end()))
            .isEqualTo(1);
      }
      assertThat(amounts).isGreaterThan(20);
    }
  }

  @Test
  void aLineThatWasNotShownIsMissed() throws IOException {
    String whole = Files.write(directory.resolve("whole.ndjson"), story.whole(false)).toString();
    Path file = Path.of(kept(AccountsProjections.read(story.database().reader())));
    JsonNode shown = JsonMapper.shared().readTree(Files.readString(file));
    for (String list :
        List.of(
            "accounts", "venues", "funders", "agreements", "programmes", "prescribers", "flows")) {
      ObjectNode less = (ObjectNode) shown.deepCopy();
      ((ArrayNode) less.get(list)).remove(0);
      Files.writeString(file, less.toString());
      Said said = verify(whole, "--balances", file.toString());
      assertThat(said.exit).as(list).isEqualTo(1);
      assertThat(said.text).contains("was not shown and is");
    }
    Files.writeString(file, ((ObjectNode) shown).put("businessDate", "2026-03-20").toString());
    assertThat(verify(whole, "--balances", file.toString()).text).contains("of a business date");
    Files.writeString(file, "{\"position\":3}");
    assertThat(verify(whole, "--balances", file.toString()).exit).isEqualTo(2);
  }

  @Test
  void anAnswerThatSaysItselfThatItIsNotTheLedgersIsNotComparedAndSaidSo() throws IOException {
    String whole = Files.write(directory.resolve("whole.ndjson"), story.whole(false)).toString();
    ObjectNode shown =
        (ObjectNode)
            JsonMapper.shared()
                .readTree(
                    Files.readString(
                        Path.of(kept(AccountsProjections.read(story.database().reader())))));
    Path file = directory.resolve("caveats.json");
    for (String[] caveats :
        List.of(
            new String[] {"2", "those that rebuild r-1 replaced", "{'shownBefore':'r-1'}"},
            new String[] {
              "2",
              "leave out the fact of position 7, 9,",
              "{'passedOver':[{'projection':'accounts','position':7},{'position':9}]}"
            },
            new String[] {
              "0",
              "All that was checked holds",
              "{'otherFiguresBefore':[{'rebuild':'r-1','until':9}]}"
            })) {
      shown.set("caveats", JsonMapper.shared().readTree(caveats[2].replace('\'', '"')));
      Files.writeString(file, shown.toString());
      Said said = verify(whole, "--balances", file.toString());
      assertThat(said.text).contains(caveats[1]);
      assertThat(said.exit).isEqualTo(Integer.parseInt(caveats[0]));
    }
  }

  private String kept(Object answer) throws IOException {
    return Files.write(
            directory.resolve(answer.getClass().getSimpleName() + ".json"),
            JsonMapper.shared().writeValueAsBytes(answer))
        .toString();
  }

  @Test
  void whoCallsItWronglyIsToldHow() {
    assertThat(verify().exit).isEqualTo(2);
    assertThat(verify("nowhere.ndjson").exit).isEqualTo(2);
    assertThat(verify("--head", "x").exit).isEqualTo(2);
    assertThat(verify("a", "b").text).contains("unknown: b", "verify-ledger <export.ndjson>");
  }

  @Test
  void aTypeOrVersionThatItDoesNotKnowStopsIt() throws IOException {
    for (String[] change :
        List.of(
            new String[] {"\"type\":\"VenueLabelled\"", "\"type\":\"VenuePainted\""},
            new String[] {
              "\"type\":\"VenueLabelled\",\"version\":1", "\"type\":\"VenueLabelled\",\"version\":2"
            })) {
      Verification verified = read(changed(change[0], change[1]));
      assertThat(verified.findings().count(Check.TYPE)).isEqualTo(1);
      assertThat(verified.lastPosition()).isLessThan(story.head());
    }
  }

  @Test
  void aBalancePublishedWronglyIsFoundWhereItBegins() throws IOException {
    String export = new String(story.whole(true), UTF_8);
    List<String> lines = export.lines().toList();
    int at = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"kind\":\"VENUE_PAYABLE\"") && at < 0) {
        at = i;
      }
    }
    String wrong =
        lines.get(at).replaceFirst("(\"kind\":\"VENUE_PAYABLE\"[^}]*\"cents\":-?)(\\d+)", "$19$2");
    Finding first = first(read(export.replace(lines.get(at), wrong).getBytes(UTF_8))).orElseThrow();
    assertThat(first.check()).isEqualTo(Check.PUBLISHED);
    assertThat(first.position()).isEqualTo(at);
  }

  /** No hash covers them: a wrong one could be taken out, and the rest would hold. */
  @Test
  void balancesThatAreLeftOutOfSomeRowsAreMissedWhereTheyAreMissingFirst() throws IOException {
    for (byte[] export : List.of(story.whole(true), story.share("anct"))) {
      int last = (int) new String(export, UTF_8).lines().count() - 2;
      for (int row = 1; row <= last; row++) {
        missed(export, row, row);
      }
      missed(export, 11, last);
      missed(export, 1, 10);
    }
  }

  private static void missed(byte[] export, int from, int to) throws IOException {
    List<String> lines = new ArrayList<>(new String(export, UTF_8).lines().toList());
    for (int row = from; row <= to; row++) {
      ObjectNode line = (ObjectNode) JsonMapper.shared().readTree(lines.get(row));
      assertThat(line.remove("published")).isNotNull();
      lines.set(row, line.toString());
    }
    Verification verified = read((String.join("\n", lines) + "\n").getBytes(UTF_8));
    assertThat(verified.findings().shown())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.check()).isEqualTo(Check.PUBLISHED);
              assertThat(found.position()).isEqualTo(from);
              assertThat(found.value()).contains("left out");
            });
  }

  /** As the format says: that is what a hash is kept outside for. */
  @Test
  void aHistoryThatWasWrittenAgainIsToldByAKeptHashAlone() throws IOException {
    Tampering.Changed changed =
        new Tampering(new String(story.whole(false), UTF_8))
            .change(Tampering.Kind.WHOLLY_WRITTEN_AGAIN, new Random(7));
    String file = Files.write(directory.resolve("again.ndjson"), changed.export()).toString();
    Said without = verify(file);
    assertThat(without.exit).isZero();
    assertThat(without.text).contains("All that was checked holds.");
    changed
        .kept()
        .hashes()
        .forEach(
            (position, hash) ->
                assertThat(verify(file, "--head", position + ":" + hash).exit).isOne());
  }

  /** An honest ledger may say so too: it is no fault unless one knows better. */
  @Test
  void whatTheBankDoesNotProveIsSaidAndIsAFaultForWhoKnowsThatItDid() throws IOException {
    Random random = new Random(7);
    Tampering.Changed changed =
        new Tampering(new String(story.whole(false), UTF_8))
            .change(Tampering.Kind.STATEMENT, random);
    String file = Files.write(directory.resolve("whole.ndjson"), changed.export()).toString();
    Said said = verify(file);
    assertThat(said.exit).isZero();
    assertThat(said.text)
        .contains("unproven    position " + story.head(), "The bank does not prove the cash");
    assertThat(verify(file, "--proven").exit).isEqualTo(1);
  }

  @Test
  void everyTamperingIsLocated() throws IOException {
    long seed = Long.getLong("seed", new Random().nextLong());
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    boolean all =
        TamperTrial.run(story.whole(true), seed, 384, new PrintStream(table, true, UTF_8));
    assertThat(all).as(table.toString(UTF_8)).isTrue();
    System.out.println(table.toString(UTF_8));
  }

  private static byte[] changed(String from, String to) {
    String export = new String(story.whole(false), UTF_8);
    assertThat(export).contains(from);
    return export.replaceFirst(from, to).getBytes(UTF_8);
  }

  private static Verification read(byte[] export) throws IOException {
    return new Verification(new Verification.Kept(Map.of(), null, List.of()))
        .read(new ByteArrayInputStream(export));
  }

  private static Optional<Finding> first(Verification verified) {
    return verified.findings().first();
  }

  private record Said(int exit, String text) {}

  private static Said verify(String... args) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int exit = VerifyLedger.run(args, new PrintStream(text, true, UTF_8));
    return new Said(exit, text.toString(UTF_8));
  }
}
