package io.jwtrawl.git.objects;

import java.io.IOException;
import java.io.InputStream;

/// The content of an object that is too large to be held.
interface LargeContent {

    InputStream open() throws IOException;
}
