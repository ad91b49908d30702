self.addEventListener("fetch",()=>{}); console.log(__KEPT__, __VERSION__);
