package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.ledger.AppendFaults;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipDesk;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A bug put into a node from outside, to see whether the checker finds it: around its registers,
 * deciders, faults or database, so that production code has no switch for it.
 *
 * <p>Registers have an alarm of their own, which stops a node at a cheque redeemed twice. It is
 * silenced under a bug ({@link Silenced}): the checker has to find it in what clients were told.
 */
class Bug {
  /** The engine as it is. */
  static final Bug NONE =
      new Bug("none") {
        @Override
        Register register(Register right, Seat seat) {
          return right;
        }
      };

  /** The engine as it is, under which the ledger is moved back. */
  static Bug movedBack() {
    return new Bug("none, and the ledger is moved back") {
      @Override
      Register register(Register right, Seat seat) {
        return right;
      }

      @Override
      Sharing sharing() {
        return Sharing.MOVED_BACK;
      }
    };
  }

  private final String name;

  Bug(String name) {
    this.name = name;
  }

  /**
   * The node that it is in.
   *
   * @param desk of that node, once it runs
   */
  record Seat(String node, Supplier<SlipDesk> desk) {}

  /** How two nodes share the ledger. */
  enum Sharing {
    /** By turns, as the seed has it. */
    ANY,
    /** Both write at once, kept apart by the fence alone. */
    BOTH_WRITE,
    /** By turns, and each node is killed and started again. */
    RESTARTED,
    /** One writes; rows are taken from the ledger under it, as a restore does. */
    MOVED_BACK
  }

  String name() {
    return name;
  }

  Sharing sharing() {
    return Sharing.ANY;
  }

  /** Before the nodes start. */
  void prepare(Stage.Arena arena) throws SQLException {}

  Register register(Register right, Seat seat) {
    return new Silenced(right);
  }

  Decider<?, ?> decider(Decider<?, ?> right, Seat seat) {
    return right;
  }

  AppendFaults faults(AppendFaults right, Seat seat) {
    return right;
  }

  DataSource database(DataSource right, Seat seat) {
    return right;
  }

  /** What a client is told that checks a cheque at that node. */
  String checked(String node, long cheque, String right) {
    return right;
  }
}
