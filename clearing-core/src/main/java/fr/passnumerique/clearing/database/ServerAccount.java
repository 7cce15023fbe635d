package fr.passnumerique.clearing.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The account that the server's programs run under. PostgreSQL refuses to run as root, which is who
 * one is in a fresh container; so root starts it in a user namespace of its own, where the files
 * stay root's and the server believes to be nobody. Where namespaces are forbidden (the default of
 * many container engines), it becomes an unprivileged account that owns the server's files.
 */
sealed interface ServerAccount {
  /** What stands before a command of the server's. */
  List<String> prefix();

  /** Numeric; the owner that the server's files must have. */
  int uid();

  int gid();

  /** Not root: nothing to do. */
  record Own(int uid, int gid) implements ServerAccount {
    @Override
    public List<String> prefix() {
      return List.of();
    }
  }

  record Namespace() implements ServerAccount {
    @Override
    public List<String> prefix() {
      return List.of("unshare", "-U");
    }

    @Override
    public int uid() {
      return 0;
    }

    @Override
    public int gid() {
      return 0;
    }
  }

  record Unprivileged(int uid, int gid) implements ServerAccount {
    @Override
    public List<String> prefix() {
      return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
    }
  }

  static ServerAccount of(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, ".probe", "");
    int uid = (int) Files.getAttribute(probe, "unix:uid");
    int gid = (int) Files.getAttribute(probe, "unix:gid");
    Files.delete(probe);
    if (uid != 0) {
      return new Own(uid, gid);
    }
    if (succeeds("unshare", "-U", "id", "-un")) {
      return new Namespace();
    }
    return unprivileged();
  }

  /** {@code postgres} where Debian's package made it, else {@code nobody}. */
  static ServerAccount unprivileged() throws IOException {
    for (String name : List.of("postgres", "nobody")) {
      if (succeeds("id", name)) {
        var account = new Unprivileged(id("-u", name), id("-g", name));
        if (succeeds(account.prefix().toArray(String[]::new), "id", "-un")) {
          return account;
        }
      }
    }
    throw new DatabaseUnavailableException(
        "PostgreSQL does not run as root, and here root may neither open a user namespace (unshare"
            + " --user) nor become another account (setpriv); run as an ordinary user, or name an"
            + " external server with spring.datasource.url");
  }

  /** Hands a file or a tree to the server, if it is not its own already. */
  default void own(Path tree) throws IOException {
    if (this instanceof Own || (int) Files.getAttribute(tree, "unix:uid") == uid()) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.setAttribute(path, "unix:uid", uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid(), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /**
   * Runs a program of the server's to its end.
   *
   * @throws DatabaseUnavailableException with all it printed, unless it exits with 0
   */
  default void run(Path workingDirectory, List<String> command) {
    List<String> whole = new ArrayList<>(prefix());
    whole.addAll(command);
    Path output = null;
    try {
      // Into a file: a server that it leaves behind would keep a pipe open.
      output = Files.createTempFile(workingDirectory, ".output", "");
      int exit =
          new ProcessBuilder(whole)
              .directory(workingDirectory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      if (exit != 0) {
        throw new DatabaseUnavailableException(
            "%s exited with %d: %s"
                .formatted(command.getFirst(), exit, Files.readString(output, UTF_8).strip()));
      }
    } catch (IOException e) {
      throw new DatabaseUnavailableException("cannot run " + whole, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("interrupted while running " + whole, e);
    } finally {
      if (output != null) {
        output.toFile().delete();
      }
    }
  }

  private static int id(String option, String name) throws IOException {
    Process process = new ProcessBuilder("id", option, name).start();
    return Integer.parseInt(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
  }

  private static boolean succeeds(String... command) {
    return succeeds(new String[0], command);
  }

  private static boolean succeeds(String[] prefix, String... command) {
    List<String> whole = new ArrayList<>(List.of(prefix));
    whole.addAll(List.of(command));
    try {
      return new ProcessBuilder(whole)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
