package fr.passnumerique.clearing.redemption;

import java.util.Arrays;

/**
 * A set of cheques by {@code Serial.key()}, in the order of their first appearance. No key is 0.
 */
final class ChequeSet {
  private long[] table;
  private long[] inOrder;
  private int size;

  ChequeSet(int expected) {
    inOrder = new long[Math.max(16, expected)];
    table = new long[tableFor(inOrder.length)];
  }

  private static int tableFor(int most) {
    return Integer.highestOneBit(most) * 4;
  }

  boolean contains(long key) {
    return table[slot(key)] == key;
  }

  void add(long key) {
    int slot = slot(key);
    if (table[slot] == key) {
      return;
    }
    if (size == inOrder.length) {
      grow();
      slot = slot(key);
    }
    table[slot] = key;
    inOrder[size++] = key;
  }

  long[] toArray() {
    return Arrays.copyOf(inOrder, size);
  }

  /** Where the key is, or would go. */
  private int slot(long key) {
    int mask = table.length - 1;
    int slot = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 33) & mask;
    while (table[slot] != 0 && table[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    inOrder = Arrays.copyOf(inOrder, 2 * inOrder.length);
    table = new long[tableFor(inOrder.length)];
    for (int i = 0; i < size; i++) {
      table[slot(inOrder[i])] = inOrder[i];
    }
  }
}
