package fr.passnumerique.projections.verifier;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line. What was found goes to the standard output; it exits with 0 if all holds that
 * could be checked, 1 if something does not, 2 if it was called wrongly.
 */
public final class VerifyLedger {
  static final String USAGE =
      """
      verify-ledger <export.ndjson> [--head [<position>:]<hash>]… [--balances <answer.json>]… [--proven]
      verify-ledger tamper <export.ndjson> [--count <n>] [--seed <n>]

      Reads an export of the ledger (- for the standard input) and says whether it holds.
        --head      a hash that was kept where the operator cannot change it: of the last
                    position, or of the one named
        --balances  an answer of readBalances or windDown that was kept, without filters, and
                    of figures that leave nothing out and that no rebuild replaced
        --proven    cash that the bank's statements do not prove is a fault; else it is only said,
                    as the ledger may say it too
        tamper      changes the export in n ways that the seed chooses, verifies each and prints a
                    table of what was located; the file stays as it is
      Exits with 0 if all holds, 1 if something does not, 2 if it was called wrongly.
      """;

  private VerifyLedger() {}

  public static void main(String[] args) {
    System.exit(run(args, new PrintStream(System.out, true, StandardCharsets.UTF_8)));
  }

  /** As {@link #main}, for whoever goes on afterwards. */
  public static int run(String[] args, PrintStream out) {
    try {
      if (args.length > 0 && args[0].equals("tamper")) {
        return tamper(args, out);
      }
      return verify(args, out);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      out.print(USAGE);
      return 2;
    } catch (IOException e) {
      out.println("cannot read it: " + e);
      return 2;
    }
  }

  private static int verify(String[] args, PrintStream out) throws IOException {
    String file = null;
    String head = null;
    Map<Long, String> hashes = new HashMap<>();
    List<ShownBalances> shown = new ArrayList<>();
    boolean proven = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--head" -> {
          String[] kept = value(args, ++i).split(":", 2);
          String hash = kept[kept.length - 1];
          if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("--head takes 64 hexadecimal digits");
          }
          if (kept.length == 2) {
            hashes.put(number("--head", kept[0]), hash);
          } else {
            head = hash;
          }
        }
        case "--proven" -> proven = true;
        case "--balances" -> {
          try {
            shown.add(ShownBalances.read(Files.readAllBytes(Path.of(value(args, ++i)))));
          } catch (LineReader.Unreadable e) {
            throw new IllegalArgumentException(e.getMessage(), e);
          }
        }
        default -> {
          if (file != null || args[i].startsWith("--")) {
            throw new IllegalArgumentException("unknown: " + args[i]);
          }
          file = args[i];
        }
      }
    }
    if (file == null) {
      throw new IllegalArgumentException("no export is named");
    }
    try (InputStream in =
        file.equals("-")
            ? new BufferedInputStream(System.in)
            : new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
      Verification verification =
          new Verification(new Verification.Kept(hashes, head, shown, proven)).read(in);
      Report.print(verification, out);
      return verification.findings().none() ? 0 : 1;
    }
  }

  private static int tamper(String[] args, PrintStream out) throws IOException {
    String file = null;
    long seed = System.nanoTime();
    long count = 1_000;
    for (int i = 1; i < args.length; i++) {
      switch (args[i]) {
        case "--seed" -> seed = number("--seed", value(args, ++i));
        case "--count" -> count = number("--count", value(args, ++i));
        default -> {
          if (file != null || args[i].startsWith("--")) {
            throw new IllegalArgumentException("unknown: " + args[i]);
          }
          file = args[i];
        }
      }
    }
    if (file == null) {
      throw new IllegalArgumentException("no export is named");
    }
    return TamperTrial.run(Files.readAllBytes(Path.of(file)), seed, (int) count, out) ? 0 : 1;
  }

  private static String value(String[] args, int i) {
    if (i >= args.length) {
      throw new IllegalArgumentException(args[i - 1] + " needs a value");
    }
    return args[i];
  }

  private static long number(String option, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("%s takes a number, not '%s'".formatted(option, text));
    }
  }

  /** For messages. */
  static String orNone(@Nullable String text) {
    return text == null ? "unknown" : text;
  }
}
