package dev.tandem.samples.gallery.blocking;

import static java.util.stream.Collectors.joining;
import static java.util.stream.IntStream.rangeClosed;

import dev.tandem.Gather;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many files, read and counted at once, but no more than sixteen at a time. */
public final class ConcurrentFiles implements Sample {

  private record Count(Path file, long lines, long words, long bytes) {}

  @Override
  public void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tandem");
    try {
      countAll(write(folder, 200));
    } finally {
      delete(folder);
    }
  }

  private static void countAll(List<Path> files) throws IOException, InterruptedException {
    count(files.getLast()); // the first pays for loading the code
    Instant start = Tandem.now();

    // asyncio, with aiofiles:
    //   sem = asyncio.Semaphore(16)
    //   async def count(path):
    //       async with sem, aiofiles.open(path) as f:
    //           text = await f.read()
    //       return path, len(text.splitlines()), len(text.split())
    //   counts = await asyncio.gather(*[count(p) for p in files])
    //
    // Tandem:
    List<Count> counts = Gather.over(files).limit(16).run(ConcurrentFiles::count);

    String atOnce = Elapsed.since(start);
    start = Tandem.now();
    for (Path file : files) {
      count(file);
    }
    IO.println("at once " + atOnce + ", one by one " + Elapsed.since(start));
    for (Count count : List.of(counts.getFirst(), counts.getLast())) {
      IO.println(count.file().getFileName() + ": " + count.lines() + " lines");
    }
    IO.println("files: " + counts.size());
    IO.println("lines: " + counts.stream().mapToLong(Count::lines).sum());
    IO.println("words: " + counts.stream().mapToLong(Count::words).sum());
    IO.println("bytes: " + counts.stream().mapToLong(Count::bytes).sum());
  }

  private static Count count(Path file) throws IOException {
    String text = Files.readString(file);
    long words = text.lines().mapToLong(line -> line.split(" ").length).sum();
    return new Count(file, text.lines().count(), words, Files.size(file));
  }

  /** The file with number n has n lines of four words. */
  private static List<Path> write(Path folder, int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      String name = String.format(Locale.ROOT, "log-%03d.txt", number);
      String text =
          rangeClosed(1, number).mapToObj(line -> "line " + line + " of log\n").collect(joining());
      files.add(Files.writeString(folder.resolve(name), text));
    }
    return files;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
