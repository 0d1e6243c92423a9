package io.jwtrawl.reports;

import java.io.IOException;
import java.io.OutputStream;

/// Where the second and later files of a report go that is too large for one.
public interface ReportParts {

    /// @param number from 2 on
    /// @return closed by whoever asks for it
    OutputStream open(int number) throws IOException;
}
