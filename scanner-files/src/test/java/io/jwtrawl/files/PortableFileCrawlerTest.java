package io.jwtrawl.files;

/// The same with the standard library alone.
class PortableFileCrawlerTest extends FileCrawlerTest {

    @Override
    Folder.Opener opener() {
        return PortableFolder::new;
    }
}
