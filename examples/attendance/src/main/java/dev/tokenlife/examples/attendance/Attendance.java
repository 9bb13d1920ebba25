package dev.tokenlife.examples.attendance;

import dev.tokenlife.examples.attendance.terminal.Terminal;
import dev.tokenlife.spi.StoreException;
import java.io.IOException;
import java.util.List;

/** The program. */
public final class Attendance {
  private Attendance() {}

  /** Serves until it is interrupted, or for as long as it was told. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> given = List.of(arguments);
    if (given.contains("--help")) {
      System.out.print(OptionReader.USAGE);
      return;
    }
    int code;
    try {
      code = run(OptionReader.read(given));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.print(OptionReader.USAGE);
      code = 2;
    } catch (StoreException unreachable) {
      System.err.println("The tables cannot be used: " + unreachable.getMessage());
      System.err.println(
          "Start examples/attendance/emulator, or check " + AzureStores.CONNECTION + ".");
      code = 1;
    }
    System.exit(code);
  }

  private static int run(Options options) throws IOException, InterruptedException {
    try (Stores stores = Stores.open(options.store(), System.getenv());
        AttendanceApp app = AttendanceApp.start(options, stores)) {
      return new Run(options, app, Terminal.standard()).go();
    }
  }
}
