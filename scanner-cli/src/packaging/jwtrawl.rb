# Homebrew formula. The build fills in version and checksum (target/dist/jwtrawl.rb); the address is where releases lie.
class Jwtrawl < Formula
  desc "Finds leaked JSON Web Tokens in files and Git history"
  homepage "https://git.example.org/jwtrawl"
  url "https://git.example.org/jwtrawl/releases/download/v@VERSION@/jwtrawl-@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on "openjdk"

  def install
    libexec.install Dir["*"]
    man1.install_symlink libexec/"share/man/man1/jwtrawl.1"
    bash_completion.install_symlink libexec/"share/bash-completion/completions/jwtrawl"
    zsh_completion.install_symlink libexec/"share/zsh/site-functions/_jwtrawl"
    fish_completion.install_symlink libexec/"share/fish/vendor_completions.d/jwtrawl.fish"
    env = Language::Java.overridable_java_home_env
    (bin/"jwtrawl").write_env_script libexec/"bin/jwtrawl", env
    (bin/"jwtrawl-ci").write_env_script libexec/"bin/jwtrawl-ci", env
  end

  def post_install
    system bin/"jwtrawl", "warm-up"
  end

  test do
    (testpath/"a.txt").write "nothing"
    system bin/"jwtrawl", "scan", "a.txt"
  end
end
