/** Read only where the ZIP has been unpacked: it opens the guide. Elsewhere the page says what to do. */
location.replace("guide/index.html");
