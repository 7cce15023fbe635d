package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.money.CreditorReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers in their {@linkplain PaymentReferences#words words}, found in what payers wrote. It
 * is read word by word, however many identifiers there are: to ask a text for each of them takes a
 * minute for a file of a bank's busy day.
 */
final class KnownWords {
  private static final String CREDITOR = "RF";

  private final Set<String> all = new HashSet<>();
  private final Step first = new Step();

  /** What identifiers have in common that begin with the same words. */
  private static final class Step {
    private final Map<String, Step> next = new HashMap<>(2);

    /** The identifier that ends here; null if only longer ones go on. */
    private @Nullable String known;
  }

  KnownWords(Collection<String> identifiers) {
    for (String identifier : identifiers) {
      if (PaymentReferences.isTooShort(identifier) || !all.add(identifier)) {
        continue;
      }
      Step step = first;
      for (String word : identifier.split(" ", -1)) {
        step = step.next.computeIfAbsent(word, _ -> new Step());
      }
      step.known = identifier;
    }
  }

  /**
   * Those that stand in a text, also within longer ones that do.
   *
   * @param texts in words
   */
  SortedSet<String> in(List<String> texts) {
    SortedSet<String> found = new TreeSet<>();
    if (!all.isEmpty()) {
      texts.forEach(text -> addWords(text, found));
      texts.forEach(text -> addGrouped(text.replace(" ", ""), found));
    }
    return found;
  }

  /** Of those, the ones that do not merely stand within another; in alphabetical order. */
  List<String> longestIn(List<String> texts) {
    SortedSet<String> found = in(texts);
    return found.stream()
        .filter(
            one ->
                found.stream()
                    .noneMatch(other -> !other.equals(one) && PaymentReferences.has(other, one)))
        .toList();
  }

  private void addWords(String text, Set<String> found) {
    String[] words = text.split(" ", -1);
    for (int from = 0; from < words.length; from++) {
      Step step = first.next.get(words[from]);
      for (int at = from + 1; step != null; at++) {
        if (step.known != null) {
          found.add(step.known);
        }
        step = at < words.length ? step.next.get(words[at]) : null;
      }
    }
  }

  /** Creditor references, which are printed in groups of four. */
  private void addGrouped(String text, Set<String> found) {
    for (int at = text.indexOf(CREDITOR); at >= 0; at = text.indexOf(CREDITOR, at + 1)) {
      int longest = Math.min(text.length(), at + CreditorReference.LONGEST);
      for (int end = at + CREDITOR.length(); end <= longest; end++) {
        String one = text.substring(at, end);
        if (all.contains(one) && CreditorReference.isOne(one)) {
          found.add(one);
        }
      }
    }
  }
}
