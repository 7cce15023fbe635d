package fr.passnumerique.clearing.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One thing that has happened, for one reader.
 *
 * @param position of the fact that tells it
 * @param at when that was recorded, UTC
 * @param about the slip, the transfer, the order …, as its kind says
 * @param cents 0 where it is about none
 * @param count of lines, cheques, or percent, as its kind says; 0 where it counts nothing
 * @param on the day from which or by which it holds, Europe/Paris
 * @param by the account that did it, which is not told what it knows
 */
record Notice(
    long position,
    Instant at,
    NoticeKind kind,
    String about,
    long cents,
    int count,
    Optional<LocalDate> on,
    Optional<String> by) {
  Notice cents(long amount) {
    return new Notice(position, at, kind, about, amount, count, on, by);
  }

  Notice count(int number) {
    return new Notice(position, at, kind, about, cents, number, on, by);
  }

  Notice on(LocalDate day) {
    return new Notice(position, at, kind, about, cents, count, Optional.of(day), by);
  }

  Notice by(String account) {
    return by(Optional.of(account));
  }

  Notice by(Optional<String> account) {
    return new Notice(position, at, kind, about, cents, count, on, account);
  }
}
