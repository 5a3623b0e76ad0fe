package dev.tandem.samples.gallery.blocking;

import dev.tandem.samples.gallery.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file is written and read with what the JDK has; a virtual thread may wait for a disk. */
public final class FileInputOutput implements Sample {

  private static void writeAndRead(Path file) throws IOException {
    // asyncio, with aiofiles:
    //   async with aiofiles.open(path, "w") as f:
    //       await f.write("Hello, Async!")
    //   async with aiofiles.open(path) as f:
    //       print(await f.read())
    //
    // Tandem:
    Files.writeString(file, "Hello, Tandem!");
    IO.println(Files.readString(file));
  }

  @Override
  public void run() throws IOException {
    Path file = Files.createTempFile("tandem", ".txt");
    try {
      writeAndRead(file);
    } finally {
      Files.delete(file);
    }
  }
}
