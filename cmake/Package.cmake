# SPDX-License-Identifier: Apache-2.0
# ./dev package: one Debian package of the program, its networks and clips, and the studio as a service.
# Debian has neither OpenVINO nor the networks, so they travel inside it (lib/kata, share/kata).

# The service names the program where it ends up, which only the installation knows. systemd looks below lib,
# also where libraries lie in lib/<architecture>.
install(CODE "
  set(KATA_PROGRAM \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/kata\")
  configure_file(\"${PROJECT_SOURCE_DIR}/packaging/kata.service.in\"
    \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/lib/systemd/system/kata.service\" @ONLY)" COMPONENT program)
install(FILES packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kata)
set(CPACK_PACKAGE_CONTACT "Kata's developers <kata@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Teaches movements: learns a craft from a camera and judges repetitions live")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES TRUE)
# Only the program's part; the library for developers comes with cmake --install.
set(CPACK_COMPONENTS_ALL program)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME kata)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${openvino_folder})
set(CPACK_DEBIAN_PACKAGE_DEPENDS fonts-dejavu-core)
# Names of movements in Chinese, Japanese or Korean, and in other scripts.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk, fonts-noto-core")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "A teacher shows a movement a few times right and a few times wrong; Kata learns it in seconds,
 watches a learner and judges each repetition, in a window or on a web page, offline.")
include(CPack)
